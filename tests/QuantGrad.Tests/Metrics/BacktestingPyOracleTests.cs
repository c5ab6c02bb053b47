using System.Globalization;
using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Risk;
using QuantGrad.Metrics.Tables;
using QuantGrad.Metrics.Trading;
using QuantGrad.Tests.MarketData;

namespace QuantGrad.Tests.Metrics;

/// <summary>The 31 statistics that backtesting.py prints of a moving-average cross on GOOG, from its own equity and trades.</summary>
public sealed class BacktestingPyOracleTests
{
    private const int WarmUpBar = 29;

    /// <summary>Those that QuantGrad defines otherwise, or does not show.</summary>
    private static readonly Dictionary<string, string> Differences = new(StringComparer.Ordinal)
    {
        ["Start"] = "a date, not a figure",
        ["End"] = "a date, not a figure",
        ["Duration"] = "a span, not a figure",
        ["Equity Final [$]"] = "money; QuantGrad's equity begins at 1 (the return is compared)",
        ["Equity Peak [$]"] = "money; QuantGrad's equity begins at 1",
        ["Max. Trade Duration"] = "QuantGrad keeps positions, not trades",
        ["Avg. Trade Duration"] = "QuantGrad keeps positions, not trades",
        ["CAGR [%]"] = "years of calendar days there, n/A here",
        ["Volatility (Ann.) [%]"] = "compounded volatility there, std·√A here",
        ["Sharpe Ratio"] = "geometric return over compounded volatility there, mean/std·√A here",
        ["Alpha [%]"] = "of the whole period's return there, of a bar's mean times A here",
    };

    [Fact]
    public void Statistics_All31_AgreeOrDifferForAListedReason()
    {
        var expected = JsonDocument.Parse(File.ReadAllBytes(OracleCase.SharedReference("backtesting_py_GOOG_SmaCross_10_30_expected.json"))).RootElement.GetProperty("expected");
        var computed = Compute();
        Assert.Equal(31, expected.EnumerateObject().Count());
        foreach (var figure in expected.EnumerateObject())
        {
            Assert.True(computed.ContainsKey(figure.Name) != Differences.ContainsKey(figure.Name), figure.Name);
            if (!computed.TryGetValue(figure.Name, out var value)) continue;
            var wanted = figure.Value.ValueKind == JsonValueKind.Number ? figure.Value.GetDouble() : double.Parse(figure.Value.GetString()!.Split(' ')[0], CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(wanted - value) <= 1e-8 * Math.Abs(wanted), FormattableString.Invariant($"{figure.Name}: expected {wanted}, computed {value}"));
        }
    }

    private static Dictionary<string, double> Compute()
    {
        var equity = Rows("backtesting_py_GOOG_SmaCross_equity_reproduced.csv");
        var dates = equity.Select(row => DateTime.Parse(row[0], CultureInfo.InvariantCulture)).ToArray();
        var net = Changes([.. equity.Select(row => Number(row[1]))]);
        var trades = Rows("backtesting_py_GOOG_SmaCross_trades_reproduced.csv");
        var tradeReturns = trades.Select(row => Number(row[8])).ToArray();
        var profits = trades.Select(row => Number(row[7])).ToArray();
        var close = File.ReadLines(SharedData.PathOf("ohlcv/GOOG_2004_2013.csv")).Skip(1).Select(line => Number(line.Split(',')[4])).ToArray();
        var episodes = DrawdownTable.All(dates, net);
        var exposure = new double[dates.Length];
        foreach (var trade in trades)
            for (var bar = (int)Number(trade[1]); bar <= (int)Number(trade[2]); bar++) exposure[bar] = 1;
        var logs = Array.ConvertAll(net, r => Math.Log(1 + r))[1..];
        var marketLogs = Array.ConvertAll(Changes(close), r => Math.Log(1 + r))[1..];

        return new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["Exposure Time [%]"] = 100 * TradingCost.TimeInMarket(exposure).Value,
            ["Return [%]"] = 100 * TotalReturn.Of(net).Value,
            ["Buy & Hold Return [%]"] = 100 * TotalReturn.Of(Changes(close[WarmUpBar..])).Value,
            ["Return (Ann.) [%]"] = 100 * Cagr.Of(net.AsSpan(1), 252).Value,
            ["Sortino Ratio"] = Cagr.Of(net.AsSpan(1), 252).Value / SortinoRatio.DownsideDeviation(net.AsSpan(1), 252).Value,
            ["Calmar Ratio"] = CalmarRatio.Of(net.AsSpan(1), 252).Value,
            ["Beta"] = MarketModel.Beta(logs, marketLogs).Value,
            ["Max. Drawdown [%]"] = 100 * Drawdown.Maximum(net).Value,
            ["Avg. Drawdown [%]"] = 100 * episodes.Average(episode => episode.Depth),
            ["Max. Drawdown Duration"] = DrawdownDays.Longest(dates, Drawdown.Path(net)),
            ["Avg. Drawdown Duration"] = Math.Ceiling(episodes.Average(episode => episode.Days)),
            ["# Trades"] = Moments.Of(tradeReturns).Count,
            ["Win Rate [%]"] = 100 * HitRate.Of(tradeReturns).Value,
            ["Best Trade [%]"] = 100 * tradeReturns.Max(),
            ["Worst Trade [%]"] = 100 * tradeReturns.Min(),
            ["Avg. Trade [%]"] = 100 * Cagr.Of(tradeReturns, 1).Value,
            ["Profit Factor"] = OmegaRatio.Of(tradeReturns).Value,
            ["Expectancy [%]"] = 100 * Moments.Of(tradeReturns).Mean,
            ["SQN"] = Moments.Of(profits).Sharpe().Value * Math.Sqrt(profits.Length),
            ["Kelly Criterion"] = Payoff.Kelly(profits).Value,
        };
    }

    private static List<string[]> Rows(string name) => [.. File.ReadLines(OracleCase.SharedReference(name)).Skip(1).Select(line => line.Split(','))];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static double[] Changes(double[] levels) => [.. levels.Select((level, t) => t == 0 ? 0 : level / levels[t - 1] - 1)];
}

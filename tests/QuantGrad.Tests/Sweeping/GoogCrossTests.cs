using System.Globalization;
using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.Rules;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;
using QuantGrad.Tests.MarketData;
using QuantGrad.Tests.Metrics;
using QuantGrad.Training;

namespace QuantGrad.Tests.Sweeping;

/// <summary>
/// The hard cross of the averages of 10 and 30 bars on GOOG beside the trades that backtesting.py makes of it. The decisions are the same: on every cross the position turns
/// round at the next open. The accounting differs by design: there an order buys whole shares for all cash and holds as many until the next cross, here the position
/// is a weight of 1 or −1 of the equity, traded back to every bar. A long position of weight 1 needs no trading back, so a long trade earns exactly the same;
/// a short one is trimmed as it loses and grown as it wins, so its return differs by the path, and the equity curves with it. Costs are 0 on both sides.
/// </summary>
public sealed class GoogCrossTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // backtesting.py first decides on bar 30, and knows no cross before.
    private const string Cross = """
        latch(cross_above(sma(close, $fast), sma(close, $slow)) and is_defined(lag(close, 30)), cross_below(sma(close, $fast), sma(close, $slow)))
        - latch(cross_below(sma(close, $fast), sma(close, $slow)) and is_defined(lag(close, 30)), cross_above(sma(close, $fast), sma(close, $slow)))
        """;

    [Fact]
    public void Books_SmaCross10And30_TurnsOnTheDatesOfBacktestingPy()
    {
        var panel = MarketDataLoader.Load([SharedData.PathOf("ohlcv/GOOG_2004_2013.csv")]).Panel;
        var rule = HardRule.Compile(RuleFormula.Parse(
            new RuleSettings([new RuleParameter("fast", 10, 10, 10), new RuleParameter("slow", 30, 30, 30)], Cross.ReplaceLineEndings(" ")), [], hasNetwork: false));
        var market = SweepMarket.Of(rule, panel, new PositionSettings(Sizing.None, 0.15, 60, 1, Portfolio.Equal), Fill.NextOpen, TradingCosts.None, Day, 252);
        var books = new PlainRule(rule, market).Books([10, 30], 0, market.Execution.Steps);

        var entries = Enumerable.Range(0, books.Steps).Where(row => books.Weight(row, 0) != 0 && Math.Sign(books.Weight(row, 0)) != Math.Sign(books.Held(row, 0))).ToArray();
        var trades = File.ReadLines(OracleCase.SharedReference("backtesting_py_GOOG_SmaCross_trades_reproduced.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.Equal(66, trades.Length);
        Assert.Equal(trades.Select(trade => trade[3]), entries.Select(row => panel.Dates[row + 1].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(trades.Select(trade => trade[0][0] == '-' ? -1.0 : 1.0), entries.Select(row => books.Weight(row, 0)));

        for (var i = 0; i < trades.Length; i++)
        {
            var theirs = double.Parse(trades[i][8], CultureInfo.InvariantCulture);
            var ours = TradeReturn(books, market.Execution, entries[i], i + 1 < entries.Length ? entries[i + 1] : null, panel);
            if (books.Weight(entries[i], 0) > 0) Assert.Equal(theirs, ours, 1e-9);
            else Assert.True((Math.Sign(theirs) == Math.Sign(ours) || Math.Abs(theirs) < 0.02) && Math.Abs(theirs - ours) < 0.1, $"{trades[i][3]}: {theirs} there, {ours} here");
        }

        using var sweep = new LaneSweep(rule, market);
        var swept = sweep.Run([[10, 30]], [new BarRange(0, market.Execution.Steps)], threads: 1)[0][0];
        Assert.Equal(66, swept.Trades);
        Assert.Equal(books.Equity[^1] - 1, swept.TotalReturn, 1e-9);
    }

    /// <summary>From the open at which the position is taken to the open at which it is turned round; the last one is closed at the last open.</summary>
    private static double TradeReturn(Ledger books, ExecutionTable execution, int entry, int? exit, Panel panel)
    {
        // A row is (1 + w₋·gap)(1 + w·hold): of the row of the entry the second factor counts, of the row of the exit the first.
        var side = books.Weight(entry, 0);
        var growth = 1 + side * execution.Hold[entry];
        for (var row = entry + 1; row < (exit ?? books.Steps); row++) growth *= 1 + books.Net(row);
        if (exit is { } turn) growth *= 1 + side * execution.Gap[turn];
        else growth *= (1 + side * (panel.Open[0][^1] / panel.Close[0][^2] - 1)) / (1 + books.Net(books.Steps - 1));
        return growth - 1;
    }
}

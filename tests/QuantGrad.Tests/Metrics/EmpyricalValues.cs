using QuantGrad.Metrics;
using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Risk;
using QuantGrad.Metrics.Significance;
using QuantGrad.Metrics.Tables;

namespace QuantGrad.Tests.Metrics;

/// <summary>How each of empyrical's tests of values is asked of QuantGrad: the numbers that should equal the expected ones.</summary>
internal static class EmpyricalValues
{
    public static readonly IReadOnlyDictionary<string, Func<OracleCase, IEnumerable<double>>> All = new Dictionary<string, Func<OracleCase, IEnumerable<double>>>(StringComparer.Ordinal)
    {
        ["test_cum_returns"] = c => Enumerable.Range(1, c.Values("returns").Length).Select(n => Grown(c, c.Compounded("returns")[..n])),
        ["test_cum_returns_final"] = c => [Grown(c, c.Compounded("returns"))],
        ["test_aggregate_returns"] = Aggregate,
        ["test_max_drawdown"] = c => [Drawdown.Maximum(c.Compounded("returns")).Value],
        ["test_annual_ret"] = c => [Cagr.Of(c.Compounded("returns"), c.PeriodsPerYear).Value],
        ["test_cagr"] = c => [Cagr.Of(c.Compounded("returns"), c.PeriodsPerYear).Value],
        ["test_annual_volatility"] = c => [Volatility.Of(c.Known("returns"), c.PeriodsPerYear).Value],
        ["test_calmar"] = c => [CalmarRatio.Of(c.Compounded("returns"), c.PeriodsPerYear).Value],
        ["test_omega"] = Omega,
        ["test_sharpe_ratio"] = c => [SharpeRatio.Of(Excess(c, "risk_free"), 252).Value],
        ["test_downside_risk"] = c => [SortinoRatio.DownsideDeviation(Excess(c, "required_return"), c.PeriodsPerYear).Value],
        ["test_sortino"] = c => [SortinoRatio.Of(Excess(c, "required_return"), c.PeriodsPerYear).Value],
        ["test_excess_sharpe"] = c => [SharpeRatio.Of(Excess(c, "factor_returns"), 1).Value],
        ["test_alpha_beta"] = c => AlphaBeta(c.Aligned("returns", "benchmark")),
        ["test_alpha"] = c => [AlphaBeta(c.Aligned("returns", "benchmark"))[0]],
        ["test_beta"] = c => [AlphaBeta(c.Aligned("returns", "benchmark"))[1]],
        ["test_down_alpha_beta"] = c => AlphaBeta(OneSide(c, -1)),
        ["test_up_alpha_beta"] = c => AlphaBeta(OneSide(c, 1)),
        ["test_stability_of_timeseries"] = c => [Stability.Of(c.Known("returns")).Value],
        // Its expectation counts the missing first return as 0.
        ["test_tail_ratio"] = c => [TailRatio.OfSorted([.. c.Compounded("returns").Order()]).Value],
        ["test_capture_ratio"] = c => [Cagr.Of(c.Compounded("returns"), 252).Value / Cagr.Of(c.Compounded("factor_returns"), 252).Value],
        ["test_up_capture"] = c => [Captured(c.Aligned("returns", "factor_returns"), 1)],
        ["test_down_capture"] = c => [Captured(c.Aligned("returns", "factor_returns"), -1)],
        ["test_up_down_capture"] = c => [Captured(c.Aligned("returns", "factor_returns"), 1) / Captured(c.Aligned("returns", "factor_returns"), -1)],
        ["test_roll_max_drawdown"] = c => Roll(c, null, window => [Drawdown.Maximum(window.First).Value]),
        ["test_roll_sharpe_ratio"] = c => Roll(c, null, window => [SharpeRatio.Of(window.First, 252).Value]),
        ["test_roll_alpha_beta"] = c => Roll(c, "benchmark", AlphaBeta),
        ["test_roll_up_capture"] = c => Roll(c, "factor_returns", window => [Captured(window, 1)]),
        ["test_roll_down_capture"] = c => Roll(c, "factor_returns", window => [Captured(window, -1)]),
        ["test_roll_up_down_capture"] = c => Roll(c, "factor_returns", window => [Captured(window, 1) / Captured(window, -1)]),
    };

    /// <summary>empyrical compounds the α of a day over the year; QuantGrad multiplies it. The α of a day is the same.</summary>
    private static double[] AlphaBeta((double[] First, double[] Second) pair)
    {
        var alpha = MarketModel.Alpha(pair.First, pair.Second).Value;
        return [Math.Pow(1 + alpha, 252) - 1, MarketModel.Beta(pair.First, pair.Second).Value];
    }

    private static double Grown(OracleCase c, double[] returns)
    {
        var total = TotalReturn.Of(returns).Value;
        return c.Number("starting_value") is var start && start == 0 ? total : start * (1 + total);
    }

    private static IEnumerable<double> Aggregate(OracleCase c)
    {
        var (dates, returns) = (c.Dates("returns"), c.Values("returns"));
        var periods = c.Text("convert_to") switch
        {
            "monthly" => PeriodReturns.Monthly(dates, returns),
            "quarterly" => PeriodReturns.Quarterly(dates, returns),
            _ => PeriodReturns.Yearly(dates, returns),
        };
        return periods.Select(period => period.Return);
    }

    /// <summary>empyrical takes an annual required return down to a day; QuantGrad takes the threshold of a bar.</summary>
    private static double[] Omega(OracleCase c)
    {
        var threshold = Math.Pow(1 + c.Number("required_return"), 1.0 / 252) - 1;
        return [OmegaRatio.Of(Excess(c, "risk_free"), threshold).Value];
    }

    private static double[] Excess(OracleCase c, string subtrahend)
    {
        var (returns, other) = c.Aligned("returns", subtrahend);
        return MarketModel.Active(returns, other);
    }

    private static (double[] First, double[] Second) OneSide(OracleCase c, int side)
    {
        var (returns, benchmark) = c.Aligned("returns", "benchmark");
        var rows = returns.Zip(benchmark).Where(row => row.Second * side > 0).ToArray();
        return ([.. rows.Select(row => row.First)], [.. rows.Select(row => row.Second)]);
    }

    private static double Captured((double[] First, double[] Second) pair, int side) => Capture.Of(pair.First, pair.Second, 252, side).Value;

    private static IEnumerable<double> Roll(OracleCase c, string? second, Func<(double[] First, double[] Second), double[]> figure)
    {
        var window = (int)c.Number("window");
        var returns = c.Values("returns");
        var other = second is null ? returns : c.Values(second);
        for (var first = 0; first + window <= returns.Length; first++)
        {
            var rows = Enumerable.Range(first, window).Where(t => !double.IsNaN(returns[t]) && !double.IsNaN(other[t])).ToArray();
            foreach (var value in figure(([.. rows.Select(t => returns[t])], [.. rows.Select(t => other[t])]))) yield return value;
        }
    }
}

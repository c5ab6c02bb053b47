using QuantGrad.Metrics;

namespace QuantGrad.Tests.Metrics;

/// <summary>What makes each figure undefined, and what it says then; and the plain figures worked out by hand.</summary>
public sealed class UndefinedFiguresTests
{
    private static readonly double[] Flat = new double[12];
    private static readonly double[] Same = [.. Enumerable.Repeat(0.01, 12)];
    private static readonly double[] Wins = [.. Enumerable.Range(1, 12).Select(t => 0.001 * t)];
    private static readonly double[] Losses = [.. Wins.Select(r => -r)];
    private static readonly double[] Ruin = [0.01, -1.5, 0.02, -3, 0.01];
    private static readonly double[] Few = [0.01, -0.01, 0.02];
    private static readonly double[] Alternating = [.. Enumerable.Range(0, 300).Select(t => (t % 2 == 0 ? 0.01 : -0.01) + 1e-5)];

    public static TheoryData<string, string, string> Cases => new()
    {
        { "sharpe", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "sharpe", nameof(Flat), "all returns are the same, so their standard deviation is 0" },
        { "sortino", nameof(Wins), "no return is below the target, so the downside deviation is 0" },
        { "calmar", nameof(Wins), "there is no drawdown" },
        { "calmar", nameof(Ruin), "the equity fell to zero or below" },
        { "cagr", nameof(Ruin), "the equity fell to zero or below" },
        { "recovery_factor", nameof(Wins), "there is no drawdown" },
        { "hit_rate", nameof(Flat), "no return differs from 0" },
        { "skew", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "kurtosis", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "psr", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "dsr", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "sharpe_standard_error", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "sharpe_ci_95", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "sharpe_ci_95", nameof(Few), "fewer than 10 returns" },
        { "bootstrap_block", nameof(Few), "fewer than 10 returns" },
        { "sharpe", nameof(Ruin), "the equity fell to zero or below" },
        { "volatility", nameof(Ruin), "the equity fell to zero or below" },
        { "dsr", nameof(Ruin), "the equity fell to zero or below" },
        { "hac_t", nameof(Flat), "all returns are the same, so their standard deviation is 0" },
        { "sharpe_lo", nameof(Alternating), "the autocorrelations leave no positive annual variance" },
        { "min_track_record_years", nameof(Losses), "the Sharpe ratio is not above 0" },
        { "min_backtest_years", nameof(Losses), "the Sharpe ratio is not above 0" },
        { "omega", nameof(Wins), "no return is below the threshold" },
        { "profit_factor", nameof(Wins), "no return is negative" },
        { "gain_to_pain", nameof(Wins), "no return is negative" },
        { "average_win", nameof(Losses), "no return is positive" },
        { "average_loss", nameof(Wins), "no return is negative" },
        { "payoff_ratio", nameof(Wins), "no return is negative" },
        { "kelly", nameof(Losses), "no return is positive" },
        { "tail_ratio", nameof(Flat), "the 5th percentile is 0" },
        { "autocorrelation_1", nameof(Same), "all returns are the same, so their standard deviation is 0" },
        { "stability", nameof(Ruin), "the equity fell to zero or below" },
        { "stability", nameof(Flat), "the equity never moves" },
        { "worst_63_bar_sharpe", nameof(Wins), "fewer than 63 returns" },
        { "gross_sharpe", nameof(Wins), "the returns before cost are not known" },
        { "turnover_per_year", nameof(Wins), "the turnover is not known" },
        { "cost_per_year", nameof(Wins), "the cost is not known" },
        { "exposure", nameof(Wins), "the exposure is not known" },
        { "gross_exposure", nameof(Wins), "the exposure is not known" },
        { "break_even_cost_bps", nameof(Wins), "the gross returns and the turnover are not known" },
        { "max_drawdown_days", nameof(Wins), "the dates are not known" },
        { "beta", nameof(Wins), "there is no benchmark" },
        { "alpha", nameof(Wins), "there is no benchmark" },
        { "up_capture", nameof(Wins), "there is no benchmark" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_WithoutMeaning_IsNotANumberAndSaysWhy(string figure, string series, string reason)
    {
        var set = MetricSet.Compute(new ReturnSeries(null, Series(series)), new MetricOptions { Resamples = 20 });
        Assert.True(double.IsNaN(set[figure].Value.Value));
        Assert.Equal(reason, set[figure].Reason);
    }

    [Fact]
    public void Compute_BenchmarkThatNeverMovesOrNeverFalls_LeavesRelativeFiguresUndefined()
    {
        MetricSet Against(double[] benchmark) => MetricSet.Compute(new ReturnSeries(null, Losses), new MetricOptions { Benchmark = benchmark, Resamples = 20 });
        Assert.Equal("all benchmark returns are the same, so their standard deviation is 0", Against(Flat)["beta"].Reason);
        Assert.Equal("the benchmark never fell", Against(Wins)["down_capture"].Reason);
        Assert.Equal("the benchmark never rose", Against(Losses)["up_capture"].Reason);
        Assert.Equal(-1, Against(Wins)["beta"].Value.Value, 1e-12);
        Assert.Equal(1, Against(Losses)["correlation"].Value.Value, 1e-12);
    }

    [Theory]
    [InlineData("hit_rate", 0.6)]
    [InlineData("average_win", 0.04)]
    [InlineData("average_loss", -0.035)]
    [InlineData("payoff_ratio", 0.04 / 0.035)]
    [InlineData("kelly", 0.6 - 0.4 / (0.04 / 0.035))]
    [InlineData("profit_factor", 0.12 / 0.07)]
    [InlineData("gain_to_pain", 0.05 / 0.07)]
    [InlineData("best_return", 0.06)]
    [InlineData("worst_return", -0.05)]
    [InlineData("var_95", -0.05 + 0.25 * 0.03)]
    [InlineData("cvar_95", -0.05)]
    [InlineData("max_drawdown", -0.05)]
    [InlineData("recovery_factor", 0.05 / 0.05)]
    [InlineData("tail_ratio", (0.06 - 0.25 * 0.02) / (0.05 - 0.25 * 0.03))]
    [InlineData("years", 0.5)]
    [InlineData("observations", 6)]
    public void Compute_SixReturns_AreAsWorkedOutByHand(string figure, double expected)
    {
        // Sorted: −5%, −2%, 0, 2%, 4%, 6%; the percentiles lie a quarter of a step inside the extremes.
        double[] returns = [0.02, -0.05, 0.04, 0, 0.06, -0.02];
        var value = MetricSet.Compute(new ReturnSeries(null, returns), new MetricOptions { PeriodsPerYear = 12 })[figure].Value.Value;
        Assert.Equal(expected, value, 1e-12);
    }

    [Fact]
    public void Compute_TwoReturnsThatTakeEverything_TheAccountEndsAtTheFirst()
    {
        var set = MetricSet.Compute(new ReturnSeries(null, Ruin), new MetricOptions());
        Assert.Equal((-1.0, -1.0), (set["total_return"].Value.Value, set["max_drawdown"].Value.Value));
        Assert.Equal(5, set["observations"].Value.Value);
    }

    [Fact]
    public void UlcerIndex_TwoDrawdowns_IsTheRootOfTheirMeanSquare() =>
        Assert.Equal(
            Math.Sqrt((0.1 * 0.1 + 0.19 * 0.19) / 4),
            MetricSet.Compute(new ReturnSeries(null, [0.5, -0.1, -0.1, 0.5]), new MetricOptions())["ulcer_index"].Value.Value, 1e-12);

    [Fact]
    public void MetricInput_OptionsOutOfRange_AreRefusedWithTheValue()
    {
        string Message(MetricOptions options) => Assert.Throws<ArgumentException>(() => MetricSet.Compute(new ReturnSeries(null, Wins), options)).Message;
        Assert.Contains("periods per year is 0", Message(new MetricOptions { PeriodsPerYear = 0 }), StringComparison.Ordinal);
        Assert.Contains("trials is 0", Message(new MetricOptions { Trials = 0 }), StringComparison.Ordinal);
        Assert.Contains("the benchmark has 1 rows where the series has 12", Message(new MetricOptions { Benchmark = [0] }), StringComparison.Ordinal);
    }

    private static double[] Series(string name) => name switch
    {
        nameof(Flat) => Flat,
        nameof(Same) => Same,
        nameof(Wins) => Wins,
        nameof(Losses) => Losses,
        nameof(Ruin) => Ruin,
        nameof(Few) => Few,
        _ => Alternating,
    };
}

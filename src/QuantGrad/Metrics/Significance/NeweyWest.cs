using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Significance;

/// <summary>The t statistic of the mean return, robust to heteroskedasticity and autocorrelation (Newey and West 1987).</summary>
public static class NeweyWest
{
    internal static readonly MetricDefinition Definition = new(
        "hac_t", "HAC t of the mean", "ratio", "mean(net)/√(Ω/T), Ω = γ_0 + 2Σ_{k≤L}(1 − k/(L+1))γ_k, L = ⌊4(T/100)^{2/9}⌋", "Newey and West (1987, 1994)",
        "fewer than 2 returns, or all of them the same", input => TStatistic(input.Net));

    /// <summary>The number of lags, ⌊4(T/100)^{2/9}⌋.</summary>
    /// <param name="observations">T.</param>
    public static int Lag(int observations) => (int)(4 * Math.Pow(observations / 100.0, 2.0 / 9));

    /// <summary>The long-run variance γ_0 + 2Σ w_k γ_k with Bartlett weights; never negative.</summary>
    /// <param name="values">A series, <c>[T]</c>.</param>
    /// <param name="lag">L, below T.</param>
    public static double LongRunVariance(ReadOnlySpan<double> values, int lag)
    {
        var mean = Moments.Of(values).Mean;
        var variance = Autocorrelation.Autocovariance(values, mean, 0);
        for (var k = 1; k <= lag; k++) variance += 2 * (1 - k / (lag + 1.0)) * Autocorrelation.Autocovariance(values, mean, k);
        return variance;
    }

    /// <summary>The t statistic of the mean.</summary>
    /// <param name="returns">Returns, <c>[T]</c>.</param>
    public static MetricValue TStatistic(ReadOnlySpan<double> returns)
    {
        var moments = Moments.Of(returns);
        if (moments.WhyNoRatio is { } reason) return MetricValue.Undefined(reason);
        var variance = LongRunVariance(returns, Math.Min(Lag(returns.Length), returns.Length - 1));
        return variance > 0
            ? MetricValue.Of(moments.Mean / Math.Sqrt(variance / returns.Length))
            : MetricValue.Undefined("the long-run variance is 0");
    }
}

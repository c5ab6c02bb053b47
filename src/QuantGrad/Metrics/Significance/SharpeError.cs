using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Significance;

/// <summary>The Sharpe ratio of one observation with its HAC standard error, by the influence function of the ratio.</summary>
internal static class SharpeError
{
    /// <summary>SR and √(Ω/T), Ω the Newey-West long-run variance of ψ_t = z_t − SR/2·(z_t² − 1), z_t = (r_t − μ)/σ; no allocation.</summary>
    /// <param name="returns">Excess returns, <c>[T]</c>.</param>
    /// <param name="scratch">Overwritten with ψ, <c>[T]</c>.</param>
    /// <param name="lag">Newey-West lags, below T.</param>
    /// <returns>The ratio an observation, and its standard error; NaN where the returns have no spread.</returns>
    public static (double Ratio, double Error) Of(ReadOnlySpan<double> returns, Span<double> scratch, int lag)
    {
        var n = returns.Length;
        var sum = 0.0;
        foreach (var r in returns) sum += r;
        var mean = sum / n;
        for (var t = 0; t < n; t++) scratch[t] = returns[t] - mean;
        var variance = Dot.Of(scratch, scratch) / n;
        if (!(Math.Sqrt(variance) > 1e-12 * Math.Abs(mean))) return (double.NaN, double.NaN);
        var ratio = SharpeRatio.Formula(mean, variance * n / (n - 1));

        var scale = 1 / Math.Sqrt(variance);
        for (var t = 0; t < n; t++)
        {
            var z = scratch[t] * scale;
            scratch[t] = z - 0.5 * ratio * (z * z - 1);
        }

        // ψ sums to 0 by its construction, so that the autocovariances need no mean.
        var longRun = Dot.Of(scratch, scratch);
        for (var k = 1; k <= lag; k++) longRun += 2 * (1 - k / (lag + 1.0)) * Dot.Of(scratch[k..], scratch[..^k]);
        return (ratio, Math.Sqrt(longRun) / n);
    }
}

using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Significance;

/// <summary>The Sharpe ratio of one observation with its HAC standard error, by the influence function of the ratio.</summary>
internal static class SharpeError
{
    /// <summary>SR and √(Ω/T), Ω the Newey-West long-run variance of the influence; no allocation.</summary>
    /// <param name="returns">Excess returns, <c>[T]</c>.</param>
    /// <param name="influence">Overwritten, <c>[T]</c>.</param>
    /// <param name="lag">Newey-West lags, below T.</param>
    /// <returns>The ratio an observation, and its standard error; NaN where the returns have no spread.</returns>
    public static (double Ratio, double Error) Of(ReadOnlySpan<double> returns, Span<double> influence, int lag)
    {
        var ratio = Influence(returns, influence);
        return (ratio, double.IsNaN(ratio) ? double.NaN : Error(influence, lag));
    }

    /// <summary>ψ_t = z_t − SR/2·(z_t² − 1), z_t = (r_t − μ)/σ: what row t adds to √T times the ratio.</summary>
    /// <param name="returns">Excess returns, <c>[T]</c>.</param>
    /// <param name="influence">Filled with ψ, <c>[T]</c>; it sums to 0.</param>
    /// <returns>SR; NaN where the returns have no spread.</returns>
    public static double Influence(ReadOnlySpan<double> returns, Span<double> influence)
    {
        var n = returns.Length;
        var sum = 0.0;
        foreach (var r in returns) sum += r;
        var mean = sum / n;
        for (var t = 0; t < n; t++) influence[t] = returns[t] - mean;
        var variance = Dot.Of(influence, influence) / n;
        if (!(Math.Sqrt(variance) > 1e-12 * Math.Abs(mean))) return double.NaN;

        var ratio = SharpeRatio.Formula(mean, variance * n / (n - 1));
        var scale = 1 / Math.Sqrt(variance);
        for (var t = 0; t < n; t++)
        {
            var z = influence[t] * scale;
            influence[t] = z - 0.5 * ratio * (z * z - 1);
        }

        return ratio;
    }

    /// <summary>√(Ω/T) with Bartlett weights.</summary>
    /// <param name="influence">ψ, summing to 0, <c>[T]</c>.</param>
    /// <param name="lag">Newey-West lags, below T.</param>
    public static double Error(ReadOnlySpan<double> influence, int lag)
    {
        var longRun = Dot.Of(influence, influence);
        for (var k = 1; k <= lag; k++) longRun += 2 * (1 - k / (lag + 1.0)) * Dot.Of(influence[k..], influence[..^k]);
        return Math.Sqrt(Math.Max(longRun, 0)) / influence.Length;
    }
}

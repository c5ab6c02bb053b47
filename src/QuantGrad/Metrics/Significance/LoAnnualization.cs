using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// Annualisation that knows autocorrelation (Lo 2002, "The Statistics of Sharpe Ratios", eq. 20): SR(q) = η(q)·SR,
/// η = q/√(q + 2Σ_{k&lt;q}(q−k)ρ_k); without autocorrelation η = √q.
/// </summary>
public static class LoAnnualization
{
    internal static readonly MetricDefinition Definition = new(
        "sharpe_lo", "Sharpe ratio, Lo's annualisation", "ratio", "SR · q/√(q + 2Σ_{k≤L}(q−k)ρ_k), q = round(A), L = min(q−1, ⌊4(T/100)^{2/9}⌋)", "Lo (2002), eq. 20",
        "fewer than 3 returns, all of them the same, or autocorrelations under which the sum is not positive", Of);

    /// <summary>η(q).</summary>
    /// <param name="periods">q, observations a year.</param>
    /// <param name="autocorrelations">ρ_1, ρ_2, …; those beyond are taken as 0, those from q on are not used.</param>
    /// <returns>NaN where the aggregated variance is not positive.</returns>
    public static double Eta(int periods, ReadOnlySpan<double> autocorrelations)
    {
        var sum = 0.0;
        for (var k = 1; k < periods && k <= autocorrelations.Length; k++) sum += (periods - k) * autocorrelations[k - 1];
        var variance = periods + 2 * sum;
        return variance > 0 ? periods / Math.Sqrt(variance) : double.NaN;
    }

    private static MetricValue Of(MetricInput input)
    {
        if (input.Net.Length < 3) return MetricValue.Undefined("fewer than 3 returns");
        if (!input.SharpePerPeriod.IsDefined) return input.SharpePerPeriod;
        var periods = Math.Max(1, (int)Math.Round(input.PeriodsPerYear));
        var lags = Math.Min(Math.Min(periods - 1, input.Net.Length - 2), NeweyWest.Lag(input.Net.Length));
        var rho = new double[lags];
        for (var k = 1; k <= lags; k++) rho[k - 1] = Autocorrelation.Autocovariance(input.Net, input.Moments.Mean, k) / input.Moments.Variance;
        var eta = Eta(periods, rho);
        return double.IsNaN(eta)
            ? MetricValue.Undefined("the autocorrelations leave no positive annual variance")
            : MetricValue.Of(input.SharpePerPeriod.Value * eta);
    }
}

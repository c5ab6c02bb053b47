namespace QuantGrad.Metrics.Returns;

/// <summary>The Omega ratio at the risk-free return: gains over losses, Σ(r − τ)⁺/Σ(τ − r)⁺.</summary>
public static class OmegaRatio
{
    internal static readonly MetricDefinition Definition = new(
        "omega", "Omega ratio", "ratio", "Σ max(net − rf/A, 0) / Σ max(rf/A − net, 0)", "Keating and Shadwick (2002); empyrical omega_ratio",
        "fewer than 2 returns, or none of them below the risk-free return", input => Of(input.Net, input.RiskFreePerPeriod));

    /// <summary>The Omega ratio.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="threshold">τ, the return of one bar that parts gains from losses.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, double threshold = 0)
    {
        if (returns.Length < 2) return MetricValue.Undefined(MetricValue.FewerThanTwo);
        double gains = 0, losses = 0;
        foreach (var r in returns)
        {
            gains += Math.Max(r - threshold, 0);
            losses += Math.Max(threshold - r, 0);
        }

        return losses == 0 ? MetricValue.Undefined("no return is below the threshold") : MetricValue.Of(gains / losses);
    }
}

namespace QuantGrad.Metrics.Returns;

/// <summary>Skew and kurtosis of the returns; the kurtosis is raw (a normal sample has 3) and both are biased, as the PSR asks.</summary>
public static class Shape
{
    internal static readonly MetricDefinition Skew = new(
        "skew", "Skew", "ratio", "mean((net − μ)³)/σ³, biased", "moment ratio; Bailey and López de Prado (2012)",
        "fewer than 2 returns, or all of them the same", input => Of(input.Moments, input.Moments.Skew));

    internal static readonly MetricDefinition Kurtosis = new(
        "kurtosis", "Kurtosis (raw)", "ratio", "mean((net − μ)⁴)/σ⁴, biased and raw: a normal sample has 3", "moment ratio; Bailey and López de Prado (2012)",
        "fewer than 2 returns, or all of them the same", input => Of(input.Moments, input.Moments.Kurtosis));

    private static MetricValue Of(Moments moments, double value) =>
        moments.WhyNoRatio is { } reason ? MetricValue.Undefined(reason) : MetricValue.Of(value);
}

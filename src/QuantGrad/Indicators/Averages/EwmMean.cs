namespace QuantGrad.Indicators.Averages;

/// <summary>Exponentially weighted mean whose weights are normalised from the first value on (pandas' adjust=True).</summary>
internal sealed class EwmMean(double alpha) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ewm_mean",
        Title = "Exponentially weighted mean",
        Formula = "Σ (1 − α)^i·x[t − i] / Σ (1 − α)^i, α = 2/(span + 1); defined from the span-th value on",
        Source = "pandas ewm(span, adjust=True, min_periods=span).mean()",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("span", example: 20)],
        Fields = ["ewm_mean"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new EwmMean(2 / (p[0] + 1)) { MinPeriods = (int)p[0] },
    };

    private double total;
    private double weight;
    private int seen;

    /// <summary>Values needed before the first result.</summary>
    public int MinPeriods { get; init; } = 1;

    public override void Reset() => (total, weight, seen) = (0, 0, 0);

    protected override double Step(double value)
    {
        total = total * (1 - alpha) + value;
        weight = weight * (1 - alpha) + 1;
        if (seen < MinPeriods) seen++;
        return seen < MinPeriods ? double.NaN : total / weight;
    }
}

namespace QuantGrad.Indicators.Volatility;

/// <summary>Exponentially weighted standard deviation, corrected for bias, as pandas has it.</summary>
internal sealed class EwmStd(int span) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ewm_std",
        Title = "Exponentially weighted standard deviation",
        Formula = "√(Σ wᵢ(xᵢ − x̄)²/W · W²/(W² − Σ wᵢ²)), wᵢ = (1 − α)^i, W = Σ wᵢ, α = 2/(span + 1); defined from the span-th value on",
        Source = "pandas ewm(span, adjust=True, min_periods=span).std(bias=False); incremental form West 1979",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("span", min: 2, example: 60)],
        Fields = ["ewm_std"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new EwmStd((int)p[0]),
    };

    private readonly double keep = 1 - 2.0 / (span + 1);
    private double weight;
    private double squaredWeight;
    private double mean;
    private double scatter;
    private int seen;

    public override void Reset() => (weight, squaredWeight, mean, scatter, seen) = (0, 0, 0, 0, 0);

    protected override double Step(double value)
    {
        weight = keep * weight + 1;
        squaredWeight = keep * keep * squaredWeight + 1;
        var difference = value - mean;
        mean += difference / weight;
        scatter = keep * scatter + difference * (value - mean);
        if (seen < span) seen++;
        return seen < span ? double.NaN : Math.Sqrt(scatter * weight / (weight * weight - squaredWeight));
    }
}

namespace QuantGrad.Indicators.Averages;

/// <summary>McGinley's dynamic average.</summary>
internal sealed class Dynamic(int periods, double kFactor) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "dynamic",
        Title = "McGinley dynamic",
        Formula = "previous + (x − previous)/(k·n·(x/previous)⁴), starting from the first value",
        Source = "McGinley; Stock.Indicators ToDynamic",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 14), IndicatorParameter.Real("k_factor", 0.6, 0.01, 100)],
        Fields = ["dynamic"],
        WarmUp = static p => [1],
        Factory = static p => new Dynamic((int)p[0], p[1]),
    };

    private double average = double.NaN;

    public override void Reset() => average = double.NaN;

    protected override double Step(double value)
    {
        if (double.IsNaN(average))
        {
            average = value;
            return double.NaN;
        }
        var ratio = value / average;
        // A value of zero, or a sign change, leaves nothing to divide by: the average starts again there.
        average += (value - average) / (kFactor * periods * ratio * ratio * ratio * ratio);
        if (!double.IsFinite(average)) average = value;
        return average;
    }
}

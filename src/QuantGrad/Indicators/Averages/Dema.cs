namespace QuantGrad.Indicators.Averages;

/// <summary>Double exponential moving average.</summary>
internal sealed class Dema(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "dema",
        Title = "Double exponential moving average",
        Formula = "2·e₁ − e₂, e₂ the ema of e₁, both starting from the first value",
        Source = "Mulloy 1994; Stock.Indicators ToDema",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["dema"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Dema((int)p[0]),
    };

    private readonly NestedEmas emas = new(periods, 2);

    public override void Reset() => emas.Reset();

    protected override double Step(double value)
    {
        Span<double> e = stackalloc double[2];
        emas.Next(value, e);
        return emas.Count < periods ? double.NaN : 2 * e[0] - e[1];
    }
}

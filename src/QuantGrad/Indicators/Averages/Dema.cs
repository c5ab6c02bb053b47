namespace QuantGrad.Indicators.Averages;

/// <summary>Double exponential moving average.</summary>
internal sealed class Dema(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "dema",
        Title = "Double exponential moving average",
        Formula = "2·e₁ − e₂, e₂ the ema of e₁, e₁ starting from the mean of the first n values, e₂ from the first e₁",
        Source = "Mulloy 1994; Stock.Indicators ToDema",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["dema"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Dema((int)p[0]),
    };

    private readonly NestedEmas emas = new(periods, 2, periods);

    public override void Reset() => emas.Reset();

    protected override double Step(double value)
    {
        Span<double> e = stackalloc double[2];
        emas.Next(value, e);
        return 2 * e[0] - e[1];
    }
}

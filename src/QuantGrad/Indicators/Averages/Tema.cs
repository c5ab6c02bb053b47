namespace QuantGrad.Indicators.Averages;

/// <summary>Triple exponential moving average.</summary>
internal sealed class Tema(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "tema",
        Title = "Triple exponential moving average",
        Formula = "3·e₁ − 3·e₂ + e₃, e₁ starting from the mean of the first n values, each next one the ema of the one before, from its first value",
        Source = "Mulloy 1994; Stock.Indicators ToTema",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 20)],
        Fields = ["tema"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Tema((int)p[0]),
    };

    private readonly NestedEmas emas = new(periods, 3, periods);

    public override void Reset() => emas.Reset();

    protected override double Step(double value)
    {
        Span<double> e = stackalloc double[3];
        emas.Next(value, e);
        return 3 * e[0] - 3 * e[1] + e[2];
    }
}

namespace QuantGrad.Indicators.Averages;

/// <summary>Tillson's T3.</summary>
internal sealed class T3(int periods, double volumeFactor) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "t3",
        Title = "T3 moving average",
        Formula = "−a³·e₆ + 3(a² + a³)·e₅ − 3(2a² + a + a³)·e₄ + (1 + 3a + 3a² + a³)·e₃, six nested emas from the first value",
        Source = "Tillson 1998; Stock.Indicators ToT3",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 5), IndicatorParameter.Real("volume_factor", 0.7, 0.01, 1)],
        Fields = ["t3"],
        WarmUp = static p => [0],
        Factory = static p => new T3((int)p[0], p[1]),
    };

    private readonly NestedEmas emas = new(periods, 6, seedPeriods: 1);

    public override void Reset() => emas.Reset();

    protected override double Step(double value)
    {
        Span<double> e = stackalloc double[6];
        emas.Next(value, e);
        var (a, a2, a3) = (volumeFactor, volumeFactor * volumeFactor, volumeFactor * volumeFactor * volumeFactor);
        return -a3 * e[5] + 3 * (a2 + a3) * e[4] - 3 * (2 * a2 + a + a3) * e[3] + (1 + 3 * a + 3 * a2 + a3) * e[2];
    }
}

namespace QuantGrad.Indicators.Averages;

/// <summary>Smoothed moving average (Wilder's).</summary>
internal sealed class Smma(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "smma",
        Title = "Smoothed moving average",
        Formula = "(previous·(n − 1) + x)/n; the first is the mean of the first n values",
        Source = "Stock.Indicators ToSmma",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 20)],
        Fields = ["smma"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Smma((int)p[0]),
    };

    private readonly WilderAverage average = new(periods);

    public override void Reset() => average.Reset();

    protected override double Step(double value) => average.Next(value);
}

using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Averages;

/// <summary>End point moving average: where the window's regression line ends.</summary>
internal sealed class Epma(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "epma",
        Title = "End point moving average",
        Formula = "least-squares line over the last n values, taken at the newest",
        Source = "Stock.Indicators ToEpma",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 10, min: 2)],
        Fields = ["epma"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Epma((int)p[0]),
    };

    private readonly SlidingWindow<LinearSum> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) =>
        window.Push(value) ? window.Value.Total / periods + window.Value.Slope * (periods - 1) / 2 : double.NaN;
}

using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Volume-weighted moving average.</summary>
internal sealed class Vwma(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "vwma",
        Title = "Volume-weighted moving average",
        Formula = "Σ close·volume / Σ volume over n bars; NaN without volume",
        Source = "Stock.Indicators ToVwma",
        Inputs = Inputs.Close | Inputs.Volume,
        Parameters = [IndicatorParameter.Bars("lookback_periods")],
        Fields = ["vwma"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Vwma((int)p[0]),
    };

    private readonly SlidingWindow<TwoSums> window = new(periods);

    public override void Reset() => window.Reset();

    protected override void Next(in Bar bar, Span<double> fields) =>
        fields[0] = window.Push(new TwoSums(bar.Close * bar.Volume, bar.Volume)) ? window.Value.First / window.Value.Second : double.NaN;
}

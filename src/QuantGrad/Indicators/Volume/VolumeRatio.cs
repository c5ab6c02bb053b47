using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Volume against its own recent average.</summary>
internal sealed class VolumeRatio(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "volume_ratio",
        Title = "Volume ratio",
        Formula = "volume / mean volume of the last n bars, this one included; NaN where nothing was traded",
        Source = "definition",
        Inputs = Inputs.Volume,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 20)],
        Fields = ["volume_ratio"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new VolumeRatio((int)p[0]),
    };

    private readonly SlidingWindow<Sum> window = new(periods);

    public override void Reset() => window.Reset();

    protected override void Next(in Bar bar, Span<double> fields) =>
        fields[0] = window.Push(bar.Volume) && window.Value.Total > 0 ? bar.Volume / (window.Value.Total / periods) : double.NaN;
}

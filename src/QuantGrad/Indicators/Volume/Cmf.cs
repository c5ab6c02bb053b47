using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Chaikin money flow.</summary>
internal sealed class Cmf(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "cmf",
        Title = "Chaikin money flow",
        Formula = "Σ multiplier·volume / Σ volume over n bars, multiplier as in adl; NaN without volume",
        Source = "Chaikin; Stock.Indicators ToCmf",
        Inputs = Inputs.HighLowCloseVolume,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 20)],
        Fields = ["cmf", "money_flow_multiplier", "money_flow_volume"],
        Bounds = (-1, 1),
        WarmUp = static p => [(int)p[0] - 1, 0, 0],
        Factory = static p => new Cmf((int)p[0]),
    };

    private readonly SlidingWindow<TwoSums> window = new(periods);

    public override void Reset() => window.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[1] = Adl.Multiplier(bar);
        fields[2] = fields[1] * bar.Volume;
        fields[0] = window.Push(new TwoSums(fields[2], bar.Volume)) ? window.Value.First / window.Value.Second : double.NaN;
    }
}

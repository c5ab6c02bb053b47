using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Volume-weighted average price since the first bar.</summary>
internal sealed class Vwap() : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "vwap",
        Title = "Volume-weighted average price",
        Formula = "Σ (high + low + close)/3·volume / Σ volume since the first bar",
        Source = "Stock.Indicators ToVwap",
        Inputs = Inputs.HighLowCloseVolume,
        Fields = ["vwap"],
        WarmUp = static _ => [0],
        Factory = static _ => new Vwap(),
    };

    private TwoSums sums;

    public override void Reset() => sums = default;

    protected override void Next(in Bar bar, Span<double> fields)
    {
        sums = TwoSums.Join(sums, new TwoSums((bar.High + bar.Low + bar.Close) / 3 * bar.Volume, bar.Volume));
        fields[0] = sums.First / sums.Second;
    }
}

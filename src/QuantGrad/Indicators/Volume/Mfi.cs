using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Money flow index.</summary>
internal sealed class Mfi(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "mfi",
        Title = "Money flow index",
        Formula = "100 − 100/(1 + rising/falling), sums over n bars of tp·volume where tp = (high + low + close)/3 rose or fell; 100 without a fall, NaN without either",
        Source = "Quong and Soudack 1989; Stock.Indicators ToMfi",
        Inputs = Inputs.HighLowCloseVolume,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14, min: 2)],
        Fields = ["mfi"],
        Bounds = (0, 100),
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Mfi((int)p[0]),
    };

    private readonly SlidingWindow<TwoSums> window = new(periods);
    private double previous = double.NaN;

    public override void Reset()
    {
        window.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var typical = (bar.High + bar.Low + bar.Close) / 3;
        var before = previous;
        previous = typical;
        fields[0] = double.NaN;
        if (double.IsNaN(before)) return;
        var flow = typical * bar.Volume;
        if (!window.Push(new TwoSums(typical > before ? flow : 0, typical < before ? flow : 0))) return;
        var (rising, falling) = (window.Value.First, window.Value.Second);
        if (falling > 0) fields[0] = 100 - 100 / (1 + rising / falling);
        else if (rising > 0) fields[0] = 100;
    }
}

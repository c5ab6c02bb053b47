using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Ehlers' Fisher transform of the price's place in its range.</summary>
internal sealed class FisherTransform(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "fisher_transform",
        Title = "Fisher transform",
        Formula = "y = ½·ln((1 + v)/(1 − v)) + ½·y[t − 1], v = 0.66·((median − lowest)/(highest − lowest) − ½) + 0.67·v[t − 1], kept within ±0.999; 0 at the first bar",
        Source = "Ehlers 2002; Stock.Indicators ToFisherTransform",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 10)],
        Fields = ["fisher", "trigger"],
        Aliases = ["fisher"],
        TakesAnySeries = true,
        WarmUp = static _ => [0, 1],
        Factory = static p => new FisherTransform((int)p[0]),
    };

    private readonly SlidingWindow<Highest> highest = new(periods);
    private readonly SlidingWindow<Lowest> lowest = new(periods);
    private double running = double.NaN;
    private double top;
    private double bottom;
    private double place;

    public override void Reset()
    {
        highest.Reset();
        lowest.Reset();
        (running, place) = (double.NaN, 0);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var price = (bar.High + bar.Low) / 2;
        var isFirst = double.IsNaN(running);
        if (highest.Push(price) & lowest.Push(price)) (top, bottom) = (highest.Value.Value, lowest.Value.Value);
        else (top, bottom) = isFirst ? (price, price) : (Math.Max(top, price), Math.Min(bottom, price));
        fields[1] = running;
        if (isFirst)
        {
            fields[0] = running = 0;
            return;
        }
        place = top > bottom ? 0.66 * ((price - bottom) / (top - bottom) - 0.5) + 0.67 * place : 0;
        if (Math.Abs(place) > 0.99) place = 0.999 * Math.Sign(place);
        fields[0] = running = 0.5 * Math.Log((1 + place) / (1 - place)) + 0.5 * running;
    }
}

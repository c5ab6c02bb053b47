using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>A part of the bar.</summary>
internal sealed class BarPart(int part) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "bar_part",
        Title = "Bar part",
        Formula = "one price of the bar, or a mean of several: hl2 = (high + low)/2, hlc3, oc2, ohl3, ohlc4",
        Source = "Stock.Indicators ToBarPart",
        Inputs = Inputs.None,
        Parameters = [IndicatorParameter.Choice("candle_part", "close", "open", "high", "low", "volume", "hl2", "hlc3", "oc2", "ohl3", "ohlc4")],
        Fields = ["value"],
        WarmUp = static _ => [0],
        Factory = static p => new BarPart((int)p[0]),
    };

    public override void Reset()
    {
        // It remembers nothing.
    }

    protected override void Next(in Bar bar, Span<double> fields) => fields[0] = part switch
    {
        0 => bar.Close,
        1 => bar.Open,
        2 => bar.High,
        3 => bar.Low,
        4 => bar.Volume,
        5 => (bar.High + bar.Low) / 2,
        6 => (bar.High + bar.Low + bar.Close) / 3,
        7 => (bar.Open + bar.Close) / 2,
        8 => (bar.Open + bar.High + bar.Low) / 3,
        _ => (bar.Open + bar.High + bar.Low + bar.Close) / 4,
    };
}

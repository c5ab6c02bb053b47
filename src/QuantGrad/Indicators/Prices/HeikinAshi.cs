using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>Heikin-Ashi candles.</summary>
internal sealed class HeikinAshi() : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "heikin_ashi",
        Title = "Heikin-Ashi",
        Formula = "close = (o + h + l + c)/4, open = (previous open + previous close)/2 of these candles (first: (o + c)/2), high and low the extremes of them and the bar",
        Source = "Valcu 2004; Stock.Indicators ToHeikinAshi",
        Inputs = Inputs.Prices,
        Fields = ["close", "open", "high", "low", "volume"],
        WarmUp = static _ => [0],
        Factory = static _ => new HeikinAshi(),
    };

    private double open = double.NaN;
    private double close;

    public override void Reset() => open = double.NaN;

    protected override void Next(in Bar bar, Span<double> fields)
    {
        open = double.IsNaN(open) ? (bar.Open + bar.Close) / 2 : (open + close) / 2;
        close = (bar.Open + bar.High + bar.Low + bar.Close) / 4;
        fields[0] = close;
        fields[1] = open;
        fields[2] = Math.Max(bar.High, Math.Max(open, close));
        fields[3] = Math.Min(bar.Low, Math.Min(open, close));
        fields[4] = bar.Volume;
    }
}

using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>Marubozu candles: nearly all body.</summary>
internal sealed class Marubozu(double minBodyPercent) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "marubozu",
        Title = "Marubozu",
        Formula = "match = 100 (rising) or −100 (falling) where |close − open| ≥ p % of the range, else 0; price = close of a match; the rest are the candle's parts",
        Source = "Stock.Indicators ToMarubozu",
        Inputs = Inputs.Prices,
        Parameters = [IndicatorParameter.Real("min_body_percent", 95, 80, 100)],
        Fields = ["match", "price", "size", "body", "upper_wick", "lower_wick", "body_pct", "upper_wick_pct", "lower_wick_pct", "is_bullish", "is_bearish"],
        Sparse = ["price"],
        Bounds = (-100, 100),
        WarmUp = static _ => [0],
        Factory = static p => new Marubozu(p[0]),
    };

    public override void Reset()
    {
        // It remembers nothing.
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        Candle.Write(bar, fields[2..]);
        var isMatch = fields[6] >= minBodyPercent / 100;
        fields[0] = isMatch ? 100 * Math.Sign(bar.Close - bar.Open) : 0;
        fields[1] = isMatch ? bar.Close : double.NaN;
    }
}

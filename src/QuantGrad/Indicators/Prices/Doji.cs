using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>Doji candles: open and close nearly equal.</summary>
internal sealed class Doji(double maxPriceChangePercent) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "doji",
        Title = "Doji",
        Formula = "match = 1 where |1 − close/open| ≤ p %, else 0; price = close of a match; the rest are the candle's parts",
        Source = "Stock.Indicators ToDoji",
        Inputs = Inputs.Prices,
        Parameters = [IndicatorParameter.Real("max_price_change_percent", 0.1, 0, 0.5)],
        Fields = ["match", "price", "size", "body", "upper_wick", "lower_wick", "body_pct", "upper_wick_pct", "lower_wick_pct", "is_bullish", "is_bearish"],
        Sparse = ["price"],
        Bounds = (0, 1),
        WarmUp = static _ => [0],
        Factory = static p => new Doji(p[0]),
    };

    public override void Reset()
    {
        // It remembers nothing.
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var isMatch = Math.Abs(1 - bar.Close / bar.Open) <= maxPriceChangePercent / 100;
        fields[0] = isMatch ? 1 : 0;
        fields[1] = isMatch ? bar.Close : double.NaN;
        Candle.Write(bar, fields[2..]);
    }
}

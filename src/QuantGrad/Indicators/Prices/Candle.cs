using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>The parts of a candle.</summary>
internal static class Candle
{
    /// <summary>Writes size, body, upper wick, lower wick, the three as fractions of the size (NaN without one), and 1 or 0 for rising and for falling.</summary>
    public static void Write(in Bar bar, Span<double> fields)
    {
        var size = bar.High - bar.Low;
        fields[0] = size;
        fields[1] = Math.Abs(bar.Close - bar.Open);
        fields[2] = bar.High - Math.Max(bar.Open, bar.Close);
        fields[3] = Math.Min(bar.Open, bar.Close) - bar.Low;
        for (var i = 1; i <= 3; i++) fields[3 + i] = fields[i] / size;
        fields[7] = bar.Close > bar.Open ? 1 : 0;
        fields[8] = bar.Close < bar.Open ? 1 : 0;
    }
}

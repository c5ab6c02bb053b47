using QuantGrad.Indicators.Volatility;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Average true range trailing stop.</summary>
internal sealed class AtrStop(int periods, double multiplier, bool fromHighLow) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "atr_stop",
        Title = "ATR trailing stop",
        Formula = "close ∓ m·atr (or high + and low −), kept as a trailing stop; turns when the close passes it",
        Source = "Wilder 1978; Stock.Indicators ToAtrStop",
        Inputs = Inputs.HighLowClose,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 21, min: 2),
            IndicatorParameter.Real("multiplier", 3, 0.001, 1000),
            IndicatorParameter.Choice("end_type", "close", "high_low"),
        ],
        Fields = ["atr_stop", "buy_stop", "sell_stop", "atr"],
        Sparse = ["buy_stop", "sell_stop"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new AtrStop((int)p[0], p[1], p[2] > 0),
    };

    private readonly Atr atr = new(periods);
    private readonly TrailingBands bands = new();
    private double previousClose;

    public override void Reset()
    {
        atr.Reset();
        bands.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var before = previousClose;
        previousClose = bar.Close;
        fields[3] = atr.Next(bar);
        var distance = multiplier * fields[3];
        var (upper, lower) = fromHighLow ? (bar.High + distance, bar.Low - distance) : (bar.Close + distance, bar.Close - distance);
        bands.Next(bar.Close, upper, lower, bar.Close >= before, fields[..3]);
    }
}

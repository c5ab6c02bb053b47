using QuantGrad.Indicators.Volatility;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Seban's SuperTrend.</summary>
internal sealed class SuperTrend(int periods, double multiplier) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "super_trend",
        Title = "SuperTrend",
        Formula = "median ± m·atr, the stop below a rising trend never falling, that above a falling one never rising; the trend turns when the close passes it",
        Source = "Seban; Stock.Indicators ToSuperTrend",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 10, min: 2), IndicatorParameter.Real("multiplier", 3, 0.001, 1000)],
        Fields = ["super_trend", "upper_band", "lower_band"],
        Sparse = ["upper_band", "lower_band"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new SuperTrend((int)p[0], p[1]),
    };

    private readonly Atr atr = new(periods);
    private readonly TrailingBands bands = new();

    public override void Reset()
    {
        atr.Reset();
        bands.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var median = (bar.High + bar.Low) / 2;
        var distance = multiplier * atr.Next(bar);
        bands.Next(bar.Close, median + distance, median - distance, bar.Close >= median, fields);
    }
}

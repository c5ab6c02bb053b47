using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Ehlers' instantaneous trend line: the mean price over the dominant cycle, smoothed.</summary>
internal sealed class HtTrendline() : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ht_trendline",
        Title = "Hilbert transform instantaneous trend line",
        Formula = "(4t₀ + 3t₁ + 2t₂ + t₃)/10, t the mean of the median price over the dominant cycle's period; the median price itself for the first 11 bars",
        Source = "Ehlers 2001; Stock.Indicators ToHtTrendline",
        Inputs = Inputs.HighLow,
        Fields = ["trendline", "dc_periods", "smooth_price"],
        Aliases = ["htl"],
        TakesAnySeries = true,
        WarmUp = static _ => [0, 7, 6],
        Factory = static _ => new HtTrendline(),
    };

    private const int LongestCycle = 52;
    private const int FirstSmoothed = 11;

    private readonly HilbertPhasor phasor = new();
    private readonly RecentValues prices = new(LongestCycle);
    private readonly RecentValues trend = new(4);
    private double smoothPeriod;

    public override void Reset()
    {
        phasor.Reset();
        prices.Reset();
        trend.Reset();
        smoothPeriod = 0;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var price = (bar.High + bar.Low) / 2;
        fields[0] = price;
        prices.Push(price);
        phasor.Next(price);
        if (phasor.Count <= HilbertPhasor.Warmup) return;
        smoothPeriod = 0.33 * phasor.Period + 0.67 * smoothPeriod;
        var cycle = Math.Min((int)(smoothPeriod + 0.5), prices.Count);
        var mean = price;
        if (cycle > 0)
        {
            mean = 0;
            for (var age = cycle - 1; age >= 0; age--) mean += prices[age];
            mean /= cycle;
            fields[1] = cycle;
        }
        trend.Push(mean);
        if (phasor.Count > FirstSmoothed) fields[0] = (4 * trend[0] + 3 * trend[1] + 2 * trend[2] + trend[3]) / 10;
        fields[2] = phasor.Smooth;
    }
}

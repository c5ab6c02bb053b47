using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Klinger volume oscillator.</summary>
internal sealed class Kvo(int fastPeriods, int slowPeriods, int signalPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "kvo",
        Title = "Klinger volume oscillator",
        Formula = "ema(vf, fast) − ema(vf, slow), vf = volume·|2(dm/cm − 1)|·trend·100, dm = high − low, cm its sum over the present trend of high + low + close; signal = ema of it",
        Source = "Klinger 1997; Stock.Indicators ToKvo",
        Inputs = Inputs.HighLowCloseVolume,
        Parameters =
        [
            IndicatorParameter.Bars("fast_periods", 34, min: 2),
            IndicatorParameter.Bars("slow_periods", 55, min: 3),
            IndicatorParameter.Bars("signal_periods", 13),
        ],
        Fields = ["oscillator", "signal"],
        Check = static p => p[0] < p[1] ? null : "fast_periods must be smaller than slow_periods",
        WarmUp = static p => [(int)p[1] + 1, (int)(p[1] + p[2])],
        Factory = static p => new Kvo((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ema fast = new(fastPeriods);
    private readonly Ema slow = new(slowPeriods);
    private readonly Ema signal = new(signalPeriods);
    private double previousPrice;
    private double previousRange;
    private double cumulative;
    private double force;
    private int trend;
    private int seen;

    public override void Reset()
    {
        fast.Reset();
        slow.Reset();
        signal.Reset();
        (cumulative, force, seen) = (0, 0, 0);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var (price, range) = (bar.High + bar.Low + bar.Close, bar.High - bar.Low);
        var (before, trendBefore, rangeBefore) = (previousPrice, trend, previousRange);
        (previousPrice, previousRange) = (price, range);
        if (++seen == 1) return;
        trend = price > before ? 1 : -1;
        if (seen == 2) return;
        cumulative = trend == trendBefore ? cumulative + range : rangeBefore + range;
        force = Force(bar.Volume, range);
        fields[0] = fast.Next(force) - slow.Next(force);
        fields[1] = signal.Next(fields[0]);
    }

    private double Force(double volume, double range)
    {
        if (range == cumulative || volume == 0) return 0;
        if (range == 0) return volume * 2 * trend * 100;
        return cumulative == 0 ? force : volume * Math.Abs(2 * (range / cumulative - 1)) * trend * 100;
    }
}

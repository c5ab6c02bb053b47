using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Percentage volume oscillator.</summary>
internal sealed class Pvo(int fastPeriods, int slowPeriods, int signalPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "pvo",
        Title = "Percentage volume oscillator",
        Formula = "100·(ema(volume, fast) − ema(volume, slow))/ema(volume, slow); signal = ema of it; histogram = pvo − signal",
        Source = "Stock.Indicators ToPvo",
        Inputs = Inputs.Volume,
        Parameters =
        [
            IndicatorParameter.Bars("fast_periods", 12),
            IndicatorParameter.Bars("slow_periods", 26, min: 2),
            IndicatorParameter.Bars("signal_periods", 9),
        ],
        Fields = ["pvo", "signal", "histogram"],
        Check = static p => p[0] < p[1] ? null : "fast_periods must be smaller than slow_periods",
        WarmUp = static p => [(int)p[1] - 1, (int)(p[1] + p[2]) - 2, (int)(p[1] + p[2]) - 2],
        Factory = static p => new Pvo((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ema fast = new(fastPeriods);
    private readonly Ema slow = new(slowPeriods);
    private readonly Ema signal = new(signalPeriods);

    public override void Reset()
    {
        fast.Reset();
        slow.Reset();
        signal.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var base100 = slow.Next(bar.Volume);
        fields[0] = 100 * (fast.Next(bar.Volume) - base100) / base100;
        fields[1] = signal.Next(fields[0]);
        fields[2] = fields[0] - fields[1];
    }
}

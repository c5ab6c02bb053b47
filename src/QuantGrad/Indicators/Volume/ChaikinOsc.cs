using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Chaikin oscillator.</summary>
internal sealed class ChaikinOsc(int fastPeriods, int slowPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "chaikin_osc",
        Title = "Chaikin oscillator",
        Formula = "ema(adl, fast) − ema(adl, slow)",
        Source = "Chaikin; Stock.Indicators ToChaikinOsc",
        Inputs = Inputs.HighLowCloseVolume,
        Parameters = [IndicatorParameter.Bars("fast_periods", 3), IndicatorParameter.Bars("slow_periods", 10, min: 2)],
        Fields = ["oscillator", "money_flow_multiplier", "money_flow_volume", "adl", "fast_ema", "slow_ema"],
        Check = static p => p[0] < p[1] ? null : "fast_periods must be smaller than slow_periods",
        WarmUp = static p => [(int)p[1] - 1, 0, 0, 0, (int)p[0] - 1, (int)p[1] - 1],
        Factory = static p => new ChaikinOsc((int)p[0], (int)p[1]),
    };

    private readonly Ema fast = new(fastPeriods);
    private readonly Ema slow = new(slowPeriods);
    private double line;

    public override void Reset()
    {
        fast.Reset();
        slow.Reset();
        line = 0;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[1] = Adl.Multiplier(bar);
        fields[2] = fields[1] * bar.Volume;
        fields[3] = line += fields[2];
        fields[4] = fast.Next(line);
        fields[5] = slow.Next(line);
        fields[0] = fields[4] - fields[5];
    }
}

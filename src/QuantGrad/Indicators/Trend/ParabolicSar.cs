using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Wilder's parabolic stop and reverse.</summary>
internal sealed class ParabolicSar(double step, double most) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "parabolic_sar",
        Title = "Parabolic SAR",
        Formula = "sar += af·(extreme − sar), not past the last two lows (highs); af grows by the step at each new extreme; undefined until after the first reversal, since the first direction is a guess",
        Source = "Wilder 1978; Stock.Indicators ToParabolicSar",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Real("acceleration_step", 0.02, 0.0001, 1), IndicatorParameter.Real("max_acceleration_factor", 0.2, 0.0001, 1)],
        Fields = ["sar", "is_reversal"],
        Aliases = ["psar"],
        Sparse = ["sar", "is_reversal"],
        Check = static p => p[0] <= p[1] ? null : "acceleration_step must not exceed max_acceleration_factor",
        WarmUp = static _ => [1],
        Factory = static p => new ParabolicSar(p[0], p[1]),
    };

    private readonly RecentValues highs = new(2);
    private readonly RecentValues lows = new(2);
    private bool isRising = true;
    private bool hasReversed;
    private double acceleration;
    private double extreme;
    private double sar = double.NaN;

    public override void Reset()
    {
        highs.Reset();
        lows.Reset();
        (isRising, hasReversed, sar) = (true, false, double.NaN);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (double.IsNaN(sar)) (acceleration, extreme, sar) = (step, bar.High, bar.Low);
        else Advance(bar, fields);
        highs.Push(bar.High);
        lows.Push(bar.Low);
    }

    private void Advance(in Bar bar, Span<double> fields)
    {
        sar += acceleration * (extreme - sar);
        if (highs.IsFull) sar = isRising ? Math.Min(sar, Math.Min(lows[0], lows[1])) : Math.Max(sar, Math.Max(highs[0], highs[1]));
        var isReversal = isRising ? bar.Low < sar : bar.High > sar;
        if (isReversal)
        {
            isRising = !isRising;
            (sar, acceleration, extreme) = (extreme, step, isRising ? bar.High : bar.Low);
        }
        else if (isRising ? bar.High > extreme : bar.Low < extreme)
        {
            extreme = isRising ? bar.High : bar.Low;
            acceleration = Math.Min(acceleration + step, most);
        }
        if (hasReversed) (fields[0], fields[1]) = (sar, isReversal ? 1 : 0);
        hasReversed |= isReversal;
    }
}

using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Price momentum oscillator.</summary>
internal sealed class Pmo(int timePeriods, int smoothPeriods, int signalPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "pmo",
        Title = "Price momentum oscillator",
        Formula = "10·(one-bar change in percent), smoothed with 2/time and again with 2/smooth, each from the mean of its first n; signal = ema of it",
        Source = "Swenlin (DecisionPoint); Stock.Indicators ToPmo",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("time_periods", 35, min: 2),
            IndicatorParameter.Bars("smooth_periods", 20, min: 2),
            IndicatorParameter.Bars("signal_periods", 10),
        ],
        Fields = ["pmo", "signal"],
        WarmUp = static p => [(int)(p[0] + p[1]) - 1, (int)(p[0] + p[1] + p[2]) - 2],
        Factory = static p => new Pmo((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ret returns = new(1);
    private readonly Ema time = new(timePeriods, 2.0 / timePeriods);
    private readonly Ema smooth = new(smoothPeriods, 2.0 / smoothPeriods);
    private readonly Ema signal = new(signalPeriods);

    public override void Reset()
    {
        returns.Reset();
        time.Reset();
        smooth.Reset();
        signal.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[0] = smooth.Next(10 * time.Next(100 * returns.Next(bar.Close)));
        fields[1] = signal.Next(fields[0]);
    }
}

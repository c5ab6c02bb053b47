using QuantGrad.Indicators.Averages;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Schaff trend cycle: stochastic of the MACD.</summary>
internal sealed class Stc(int cyclePeriods, int fastPeriods, int slowPeriods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "stc",
        Title = "Schaff trend cycle",
        Formula = "sma(100·(macd − lowest)/(highest − lowest) over the cycle, 3), macd = ema(fast) − ema(slow); NaN where highest = lowest",
        Source = "Schaff 1999; Stock.Indicators ToStc",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("cycle_periods", 10, min: 2),
            IndicatorParameter.Bars("fast_periods", 23),
            IndicatorParameter.Bars("slow_periods", 50, min: 2),
        ],
        Fields = ["stc"],
        Check = static p => p[1] < p[2] ? null : "fast_periods must be smaller than slow_periods",
        Bounds = (0, 100),
        WarmUp = static p => [(int)(p[0] + p[2])],
        Factory = static p => new Stc((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ema fast = new(fastPeriods);
    private readonly Ema slow = new(slowPeriods);
    private readonly StochasticPosition position = new(cyclePeriods);
    private readonly Sma smooth = new(3);

    public override void Reset()
    {
        fast.Reset();
        slow.Reset();
        position.Reset();
        smooth.Reset();
    }

    protected override double Step(double value)
    {
        var macd = fast.Next(value) - slow.Next(value);
        return smooth.Next(position.Next(macd, macd, macd));
    }
}

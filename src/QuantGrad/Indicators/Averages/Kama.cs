using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Averages;

/// <summary>Kaufman's adaptive moving average.</summary>
internal sealed class Kama(int erPeriods, int fastPeriods, int slowPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "kama",
        Title = "Kaufman adaptive moving average",
        Formula = "previous + (er·(f − s) + s)²·(x − previous), f = 2/(fast + 1), s = 2/(slow + 1); er = |x − x[n]| / Σ |changes|, NaN (and 0 in the average) without a change",
        Source = "Kaufman 1995; Stock.Indicators ToKama",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("er_periods", 10),
            IndicatorParameter.Bars("fast_periods", 2),
            IndicatorParameter.Bars("slow_periods", 30, min: 2),
        ],
        Fields = ["kama", "er"],
        Check = static p => p[1] < p[2] ? null : "fast_periods must be smaller than slow_periods",
        Sparse = ["er"],
        WarmUp = static p => [(int)p[0] - 1, (int)p[0]],
        Factory = static p => new Kama((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly SlidingWindow<Sum> changes = new(erPeriods);
    private readonly Delay past = new(erPeriods);
    private double previous = double.NaN;
    private double average;
    private int seen;

    public override void Reset()
    {
        changes.Reset();
        past.Reset();
        (previous, seen) = (double.NaN, 0);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var value = bar.Close;
        var old = past.Push(value);
        seen++;
        if (seen > 1 && changes.Push(Math.Abs(value - previous)))
        {
            var efficiency = Math.Abs(value - old) / changes.Value.Total;
            var (fast, slow) = (2.0 / (fastPeriods + 1), 2.0 / (slowPeriods + 1));
            var smoothing = (double.IsNaN(efficiency) ? 0 : efficiency) * (fast - slow) + slow;
            average += smoothing * smoothing * (value - average);
            fields[0] = average;
            fields[1] = efficiency;
        }
        else if (seen == erPeriods)
        {
            fields[0] = average = value;
        }
        previous = value;
    }
}

using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Williams' awesome oscillator.</summary>
internal sealed class Awesome(int fastPeriods, int slowPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "awesome",
        Title = "Awesome oscillator",
        Formula = "sma(median, fast) − sma(median, slow), median = (high + low)/2; normalized = 100·oscillator/median",
        Source = "Williams 1998; Stock.Indicators ToAwesome",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Bars("fast_periods", 5), IndicatorParameter.Bars("slow_periods", 34, min: 2)],
        Fields = ["oscillator", "normalized"],
        Check = static p => p[0] < p[1] ? null : "fast_periods must be smaller than slow_periods",
        TakesAnySeries = true,
        WarmUp = static p => [(int)p[1] - 1],
        Factory = static p => new Awesome((int)p[0], (int)p[1]),
    };

    private readonly Sma fast = new(fastPeriods);
    private readonly Sma slow = new(slowPeriods);

    public override void Reset()
    {
        fast.Reset();
        slow.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var median = (bar.High + bar.Low) / 2;
        fields[0] = fast.Next(median) - slow.Next(median);
        fields[1] = 100 * fields[0] / median;
    }
}

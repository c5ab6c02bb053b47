using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Williams' ultimate oscillator.</summary>
internal sealed class Ultimate(int shortPeriods, int middlePeriods, int longPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ultimate",
        Title = "Ultimate oscillator",
        Formula = "100·(4a + 2b + c)/7, each the buying pressure (close − true low) over the true range, summed over the short, middle and long window",
        Source = "Williams 1985; Stock.Indicators ToUltimate",
        Inputs = Inputs.HighLowClose,
        Parameters =
        [
            IndicatorParameter.Bars("short_periods", 7),
            IndicatorParameter.Bars("middle_periods", 14, min: 2),
            IndicatorParameter.Bars("long_periods", 28, min: 3),
        ],
        Fields = ["ultimate"],
        Aliases = ["uo"],
        Check = static p => p[0] < p[1] && p[1] < p[2] ? null : "short_periods, middle_periods and long_periods must grow",
        Bounds = (0, 100),
        WarmUp = static p => [(int)p[2]],
        Factory = static p => new Ultimate((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly SlidingWindow<TwoSums> shortWindow = new(shortPeriods);
    private readonly SlidingWindow<TwoSums> middleWindow = new(middlePeriods);
    private readonly SlidingWindow<TwoSums> longWindow = new(longPeriods);
    private double previous = double.NaN;

    public override void Reset()
    {
        shortWindow.Reset();
        middleWindow.Reset();
        longWindow.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var before = previous;
        previous = bar.Close;
        fields[0] = double.NaN;
        if (double.IsNaN(before)) return;
        var low = Math.Min(bar.Low, before);
        var pressure = new TwoSums(bar.Close - low, Math.Max(bar.High, before) - low);
        shortWindow.Push(pressure);
        middleWindow.Push(pressure);
        if (!longWindow.Push(pressure)) return;
        fields[0] = 100 * (4 * Share(shortWindow) + 2 * Share(middleWindow) + Share(longWindow)) / 7;
    }

    private static double Share(SlidingWindow<TwoSums> window) => window.Value.First / window.Value.Second;
}

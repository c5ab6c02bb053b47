using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volatility;

/// <summary>Fractal chaos bands.</summary>
internal sealed class Fcb(int span) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "fcb",
        Title = "Fractal chaos bands",
        Formula = "the last high that stands above the s highs on either side, and the last low likewise, from the bar on that confirms it",
        Source = "Williams; Stock.Indicators ToFcb",
        Inputs = Inputs.HighLow,
        Parameters = [IndicatorParameter.Bars("window_span", 2)],
        Fields = ["upper_band", "lower_band"],
        Sparse = ["upper_band", "lower_band"],
        WarmUp = static p => [2 * (int)p[0]],
        Factory = static p => new Fcb((int)p[0]),
    };

    private readonly RecentValues highs = new(2 * span + 1);
    private readonly RecentValues lows = new(2 * span + 1);
    private double upper = double.NaN;
    private double lower = double.NaN;

    public override void Reset()
    {
        highs.Reset();
        lows.Reset();
        (upper, lower) = (double.NaN, double.NaN);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        highs.Push(bar.High);
        if (lows.Push(bar.Low))
        {
            var (isPeak, isTrough) = (true, true);
            for (var age = 0; age <= 2 * span; age++)
            {
                if (age == span) continue;
                isPeak &= highs[age] < highs[span];
                isTrough &= lows[age] > lows[span];
            }
            if (isPeak) upper = highs[span];
            if (isTrough) lower = lows[span];
        }
        (fields[0], fields[1]) = (upper, lower);
    }
}

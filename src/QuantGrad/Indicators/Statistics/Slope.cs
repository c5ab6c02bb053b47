using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Statistics;

/// <summary>Least-squares line of a window.</summary>
internal sealed class Slope(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "slope",
        Title = "Linear regression slope",
        Formula = "line y = slope·x + intercept over the last n values, x counting bars from 1 at the first; std_dev of the values (divisor n), r_squared",
        Source = "Stock.Indicators ToSlope",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14, min: 2)],
        Fields = ["slope", "intercept", "std_dev", "r_squared"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Slope((int)p[0]),
    };

    private readonly SlidingWindow<LinearSum> sums = new(periods);
    private readonly SlidingWindow<Moments> moments = new(periods);
    private int seen;

    public override void Reset()
    {
        sums.Reset();
        moments.Reset();
        seen = 0;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        seen++;
        sums.Push(bar.Close);
        if (!moments.Push(bar.Close)) return;
        var slope = sums.Value.Slope;
        var variation = moments.Value.SquaredDeviations;
        var positions = periods * ((double)periods * periods - 1) / 12;
        fields[0] = slope;
        fields[1] = moments.Value.Mean - slope * (seen - (periods - 1) / 2.0);
        fields[2] = moments.Value.PopulationDeviation;
        if (variation > 0) fields[3] = slope * slope * positions / variation;
    }
}

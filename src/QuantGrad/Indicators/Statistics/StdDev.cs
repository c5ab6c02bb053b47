using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Statistics;

/// <summary>Standard deviation of a window.</summary>
internal sealed class StdDev(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "stdev",
        Title = "Standard deviation",
        Formula = "√(Σ (x − mean)²/n) over n values; z_score = (x − mean)/stdev, NaN where it is 0",
        Source = "Stock.Indicators ToStdDev",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14, min: 2)],
        Fields = ["std_dev", "mean", "z_score"],
        Aliases = ["std_dev_population"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new StdDev((int)p[0]),
    };

    private readonly SlidingWindow<Moments> window = new(periods);

    public override void Reset() => window.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        if (!window.Push(bar.Close)) return;
        fields[0] = window.Value.PopulationDeviation;
        fields[1] = window.Value.Mean;
        if (fields[0] > 0) fields[2] = (bar.Close - fields[1]) / fields[0];
    }
}

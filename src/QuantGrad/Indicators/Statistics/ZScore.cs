using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Statistics;

/// <summary>Distance from the window's mean in its standard deviations.</summary>
internal sealed class ZScore(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "zscore",
        Title = "Rolling z-score",
        Formula = "(x − mean)/std over the last n values, divisor n − 1; NaN where std = 0 (stdev(n).z_score has divisor n)",
        Source = "definition",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", min: 2, example: 20)],
        Fields = ["zscore"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new ZScore((int)p[0]),
    };

    private readonly SlidingWindow<Moments> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) =>
        window.Push(value) && window.Value.SampleDeviation is > 0 and var deviation ? (value - window.Value.Mean) / deviation : double.NaN;
}

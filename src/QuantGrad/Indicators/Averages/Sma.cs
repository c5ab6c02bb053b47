using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Averages;

/// <summary>Simple moving average.</summary>
internal sealed class Sma(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "sma",
        Aliases = ["rolling_mean"],
        Title = "Simple moving average",
        Formula = "mean of the last n values",
        Source = "Stock.Indicators ToSma",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 20)],
        Fields = ["sma"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Sma((int)p[0]),
    };

    private readonly SlidingWindow<Sum> window = new(periods);

    public override void Reset() => window.Reset();

    protected override double Step(double value) => window.Push(value) ? window.Value.Total / periods : double.NaN;
}

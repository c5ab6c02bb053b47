using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Averages;

/// <summary>Linearly weighted moving average.</summary>
internal sealed class Wma(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "wma",
        Title = "Weighted moving average",
        Formula = "Σ i·x[i] / (n(n + 1)/2), i = 1 for the oldest to n for the newest",
        Source = "Stock.Indicators ToWma",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods")],
        Fields = ["wma"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Wma((int)p[0]),
    };

    private readonly SlidingWindow<LinearSum> window = new(periods);
    private readonly double divisor = periods * (periods + 1.0) / 2;

    public override void Reset() => window.Reset();

    protected override double Step(double value) => window.Push(value) ? window.Value.Weighted / divisor : double.NaN;
}

using QuantGrad.Indicators.Windows;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Chande momentum oscillator.</summary>
internal sealed class Cmo(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "cmo",
        Title = "Chande momentum oscillator",
        Formula = "100·(Σ gains − Σ losses)/(Σ gains + Σ losses) over n changes; NaN without a change",
        Source = "Chande 1994; Stock.Indicators ToCmo",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 14)],
        Fields = ["cmo"],
        Bounds = (-100, 100),
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Cmo((int)p[0]),
    };

    private readonly SlidingWindow<TwoSums> window = new(periods);
    private double previous = double.NaN;

    public override void Reset()
    {
        window.Reset();
        previous = double.NaN;
    }

    protected override double Step(double value)
    {
        var change = value - previous;
        previous = value;
        if (double.IsNaN(change) || !window.Push(new TwoSums(Math.Max(change, 0), Math.Max(-change, 0)))) return double.NaN;
        var (gains, losses) = (window.Value.First, window.Value.Second);
        return 100 * (gains - losses) / (gains + losses);
    }
}

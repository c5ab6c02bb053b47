using QuantGrad.Indicators.Averages;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Relative strength index (Wilder).</summary>
internal sealed class Rsi(int periods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "rsi",
        Title = "Relative strength index",
        Formula = "100 − 100/(1 + G/L), G and L Wilder's averages of gains and losses over n changes; 100 without a loss, NaN without any change",
        Source = "Wilder 1978; Stock.Indicators ToRsi",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["rsi"],
        Bounds = (0, 100),
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Rsi((int)p[0]),
    };

    private readonly WilderAverage gains = new(periods);
    private readonly WilderAverage losses = new(periods);
    private double previous = double.NaN;

    public override void Reset()
    {
        gains.Reset();
        losses.Reset();
        previous = double.NaN;
    }

    protected override double Step(double value)
    {
        var change = value - previous;
        previous = value;
        if (double.IsNaN(change)) return double.NaN;
        var gain = gains.Next(Math.Max(change, 0));
        var loss = losses.Next(Math.Max(-change, 0));
        if (loss > 0) return 100 - 100 / (1 + gain / loss);
        return gain > 0 ? 100 : double.NaN;
    }
}

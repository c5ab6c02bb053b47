using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Rate of change in percent, and momentum.</summary>
internal sealed class Roc(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "roc",
        Title = "Rate of change",
        Formula = "roc = 100·(x[t] − x[t − n])/x[t − n]; momentum = x[t] − x[t − n]",
        Source = "Stock.Indicators ToRoc",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["roc", "momentum"],
        WarmUp = static p => [(int)p[0], (int)p[0]],
        Factory = static p => new Roc((int)p[0]),
    };

    private readonly Delay past = new(periods);

    public override void Reset() => past.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var old = past.Push(bar.Close);
        fields[0] = old == 0 ? double.NaN : 100 * (bar.Close - old) / old;
        fields[1] = bar.Close - old;
    }
}

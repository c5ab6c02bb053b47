using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Rate of change of a triple-smoothed average.</summary>
internal sealed class Trix(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "trix",
        Title = "TRIX",
        Formula = "100·(e₃[t]/e₃[t − 1] − 1), e₃ the third ema in a row, the first starting from the mean of the first n values",
        Source = "Hutson 1983; Stock.Indicators ToTrix",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["trix", "ema3"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Trix((int)p[0]),
    };

    private readonly NestedEmas emas = new(periods, 3, periods);
    private double previous = double.NaN;

    public override void Reset()
    {
        emas.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        Span<double> e = stackalloc double[3];
        emas.Next(bar.Close, e);
        fields[0] = 100 * (e[2] - previous) / previous;
        fields[1] = double.IsNaN(previous) ? double.NaN : e[2];
        previous = e[2];
    }
}

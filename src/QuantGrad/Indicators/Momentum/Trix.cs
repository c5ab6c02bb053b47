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
        Formula = "100·(e₃[t]/e₃[t − 1] − 1), e₃ the third of three emas in a row from the first value",
        Source = "Hutson 1983; Stock.Indicators ToTrix",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["trix", "ema3"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new Trix((int)p[0]),
    };

    private readonly NestedEmas emas = new(periods, 3);
    private double previous;

    public override void Reset() => emas.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        Span<double> e = stackalloc double[3];
        emas.Next(bar.Close, e);
        var isDefined = emas.Count > periods;
        fields[0] = isDefined ? 100 * (e[2] - previous) / previous : double.NaN;
        fields[1] = isDefined ? e[2] : double.NaN;
        previous = e[2];
    }
}

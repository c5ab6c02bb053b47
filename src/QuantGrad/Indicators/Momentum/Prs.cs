using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Price relative strength of one series against another.</summary>
internal sealed class Prs(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "prs",
        Title = "Price relative strength",
        Formula = "x/y of two series; prs_percent = x[t]/x[t − n] − y[t]/y[t − n]",
        Source = "Stock.Indicators ToPrs",
        Inputs = Inputs.Close | Inputs.Second,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 20)],
        Fields = ["prs", "prs_percent"],
        WarmUp = static p => [0, (int)p[0]],
        Factory = static p => new Prs((int)p[0]),
    };

    private readonly Ret first = new(periods);
    private readonly Ret second = new(periods);

    public override void Reset()
    {
        first.Reset();
        second.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[0] = bar.Close / bar.Open;
        fields[1] = first.Next(bar.Close) - second.Next(bar.Open);
    }
}

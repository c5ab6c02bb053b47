using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Volume;

/// <summary>Elder's force index.</summary>
internal sealed class ForceIndex(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "force_index",
        Title = "Force index",
        Formula = "ema of volume·(close − previous close)",
        Source = "Elder 1993; Stock.Indicators ToForceIndex",
        Inputs = Inputs.Close | Inputs.Volume,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 2)],
        Fields = ["force_index"],
        Aliases = ["force"],
        WarmUp = static p => [(int)p[0]],
        Factory = static p => new ForceIndex((int)p[0]),
    };

    private readonly Ema ema = new(periods);
    private double previous = double.NaN;

    public override void Reset()
    {
        ema.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[0] = ema.Next(bar.Volume * (bar.Close - previous));
        previous = bar.Close;
    }
}

using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Elder's bull and bear power.</summary>
internal sealed class ElderRay(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "elder_ray",
        Title = "Elder ray",
        Formula = "bull_power = high − ema(close), bear_power = low − ema(close)",
        Source = "Elder 1989; Stock.Indicators ToElderRay",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 13)],
        Fields = ["bull_power", "bear_power", "ema"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new ElderRay((int)p[0]),
    };

    private readonly Ema ema = new(periods);

    public override void Reset() => ema.Reset();

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[2] = ema.Next(bar.Close);
        fields[0] = bar.High - fields[2];
        fields[1] = bar.Low - fields[2];
    }
}

using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Williams' percent range.</summary>
internal sealed class WilliamsR(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "williams_r",
        Title = "Williams %R",
        Formula = "−100·(highest − close)/(highest − lowest) over n bars; NaN where highest = lowest",
        Source = "Williams 1973; Stock.Indicators ToWilliamsR",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14)],
        Fields = ["williams_r"],
        Aliases = ["willr"],
        Bounds = (-100, 0),
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new WilliamsR((int)p[0]),
    };

    private readonly StochasticPosition position = new(periods);

    public override void Reset() => position.Reset();

    protected override void Next(in Bar bar, Span<double> fields) => fields[0] = position.Next(bar.High, bar.Low, bar.Close) - 100;
}

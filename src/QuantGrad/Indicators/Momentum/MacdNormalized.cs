using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Volatility;

namespace QuantGrad.Indicators.Momentum;

/// <summary>The volatility-normalised MACD of the deep-momentum papers.</summary>
internal sealed class MacdNormalized(int fast, int slow, int pricePeriods, int normalPeriods) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "macdn",
        Title = "Normalised MACD",
        Formula = "y = q/std(q, 252), q = (m(S) − m(L))/std(close, 63), m an ewm mean with α = 1/S from the first close on, std with divisor n − 1",
        Source = "Baz et al. 2015; Lim, Zohren and Roberts 2019, eq. 4",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("short_scale", min: 2, example: 8), IndicatorParameter.Bars("long_scale", min: 2, example: 24),
            IndicatorParameter.Bars("price_periods", 63, min: 2), IndicatorParameter.Bars("normal_periods", 252, min: 2),
        ],
        Fields = ["macdn"],
        Check = static p => p[0] < p[1] ? null : "short_scale must be smaller than long_scale",
        WarmUp = static p => [(int)(p[2] + p[3]) - 2],
        Factory = static p => new MacdNormalized((int)p[0], (int)p[1], (int)p[2], (int)p[3]),
    };

    private readonly EwmMean fastMean = new(1.0 / fast);
    private readonly EwmMean slowMean = new(1.0 / slow);
    private readonly RollingStd priceDeviation = new(pricePeriods);
    private readonly RollingStd normalDeviation = new(normalPeriods);

    public override void Reset()
    {
        fastMean.Reset();
        slowMean.Reset();
        priceDeviation.Reset();
        normalDeviation.Reset();
    }

    protected override double Step(double value)
    {
        var q = (fastMean.Next(value) - slowMean.Next(value)) / priceDeviation.Next(value);
        return q / normalDeviation.Next(q);
    }
}

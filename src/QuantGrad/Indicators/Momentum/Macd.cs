using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Moving average convergence and divergence.</summary>
internal sealed class Macd(int fast, int slow, int signalPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "macd",
        Title = "Moving average convergence/divergence",
        Formula = "macd = ema(fast) − ema(slow); signal = ema of macd; histogram = macd − signal",
        Source = "Appel 1979; Stock.Indicators ToMacd",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("fast_periods", 12), IndicatorParameter.Bars("slow_periods", 26, min: 2), IndicatorParameter.Bars("signal_periods", 9),
        ],
        Fields = ["macd", "signal", "histogram", "fast_ema", "slow_ema"],
        Check = static p => p[0] < p[1] ? null : "fast_periods must be smaller than slow_periods",
        WarmUp = static p => [(int)p[1] - 1, (int)(p[1] + p[2]) - 2, (int)(p[1] + p[2]) - 2, (int)p[0] - 1, (int)p[1] - 1],
        Factory = static p => new Macd((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ema fastEma = new(fast);
    private readonly Ema slowEma = new(slow);
    private readonly Ema signalEma = new(signalPeriods);

    public override void Reset()
    {
        fastEma.Reset();
        slowEma.Reset();
        signalEma.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields[3] = fastEma.Next(bar.Close);
        fields[4] = slowEma.Next(bar.Close);
        fields[0] = fields[3] - fields[4];
        fields[1] = signalEma.Next(fields[0]);
        fields[2] = fields[0] - fields[1];
    }
}

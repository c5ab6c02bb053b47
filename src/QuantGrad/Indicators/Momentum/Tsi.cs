using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>True strength index.</summary>
internal sealed class Tsi(int lookbackPeriods, int smoothPeriods, int signalPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "tsi",
        Title = "True strength index",
        Formula = "100·e₂(change)/e₂(|change|), e₂ = ema(ema(lookback), smooth); signal = ema of it; NaN without a change",
        Source = "Blau 1991; Stock.Indicators ToTsi",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 25),
            IndicatorParameter.Bars("smooth_periods", 13),
            IndicatorParameter.Bars("signal_periods", 7),
        ],
        Fields = ["tsi", "signal"],
        Bounds = (-100, 100),
        WarmUp = static p => [(int)(p[0] + p[1]) - 1, (int)(p[0] + p[1] + p[2]) - 2],
        Factory = static p => new Tsi((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ema change = new(lookbackPeriods);
    private readonly Ema change2 = new(smoothPeriods);
    private readonly Ema size = new(lookbackPeriods);
    private readonly Ema size2 = new(smoothPeriods);
    private readonly Ema signal = new(signalPeriods);
    private double previous = double.NaN;

    public override void Reset()
    {
        foreach (var ema in new[] { change, change2, size, size2, signal }) ema.Reset();
        previous = double.NaN;
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var difference = bar.Close - previous;
        previous = bar.Close;
        fields[0] = 100 * change2.Next(change.Next(difference)) / size2.Next(size.Next(Math.Abs(difference)));
        fields[1] = signal.Next(fields[0]);
    }
}

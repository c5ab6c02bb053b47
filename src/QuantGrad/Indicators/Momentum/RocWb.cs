using QuantGrad.Indicators.Averages;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Momentum;

/// <summary>Rate of change with bands.</summary>
internal sealed class RocWb(int lookbackPeriods, int emaPeriods, int deviationPeriods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "roc_wb",
        Title = "Rate of change with bands",
        Formula = "roc in percent, its ema, and ± the root mean square of the last roc values",
        Source = "Stock.Indicators ToRocWb",
        Inputs = Inputs.Close,
        Parameters =
        [
            IndicatorParameter.Bars("lookback_periods", 20),
            IndicatorParameter.Bars("ema_periods", 5),
            IndicatorParameter.Bars("std_dev_periods", 5),
        ],
        Fields = ["roc", "roc_ema", "upper_band", "lower_band"],
        WarmUp = static p => [(int)p[0], (int)(p[0] + p[1]) - 1, (int)(p[0] + p[2]) - 1, (int)(p[0] + p[2]) - 1],
        Factory = static p => new RocWb((int)p[0], (int)p[1], (int)p[2]),
    };

    private readonly Ret returns = new(lookbackPeriods);
    private readonly Ema average = new(emaPeriods);
    private readonly Sma meanSquare = new(deviationPeriods);

    public override void Reset()
    {
        returns.Reset();
        average.Reset();
        meanSquare.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var change = 100 * returns.Next(bar.Close);
        fields[0] = change;
        fields[1] = average.Next(change);
        fields[2] = Math.Sqrt(meanSquare.Next(change * change));
        fields[3] = -fields[2];
    }
}

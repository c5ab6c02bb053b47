using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>Pivot points of the n bars before.</summary>
internal sealed class RollingPivots(int windowPeriods, int offsetPeriods, PivotType type) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "rolling_pivots",
        Title = "Rolling pivot points",
        Formula = "levels from the highest high, lowest low, first open and last close of the n bars that end offset + 1 bars ago; woodie also reads this bar's open",
        Source = "Stock.Indicators ToRollingPivots",
        Inputs = Inputs.Prices,
        Parameters =
        [
            IndicatorParameter.Bars("window_periods", 20),
            IndicatorParameter.Bars("offset_periods", 0, min: 0),
            IndicatorParameter.Choice("point_type", "standard", "camarilla", "demark", "fibonacci", "woodie"),
        ],
        Fields = ["pp", "s1", "s2", "s3", "s4", "r1", "r2", "r3", "r4"],
        Sparse = ["s2", "s3", "s4", "r2", "r3", "r4"],
        WarmUp = static p => [(int)(p[0] + p[1])],
        Factory = static p => new RollingPivots((int)p[0], (int)p[1], (PivotType)(int)p[2]),
    };

    private readonly SlidingWindow<Highest> highest = new(windowPeriods);
    private readonly SlidingWindow<Lowest> lowest = new(windowPeriods);
    private readonly Delay high = new(offsetPeriods + 1);
    private readonly Delay low = new(offsetPeriods + 1);
    private readonly Delay close = new(offsetPeriods + 1);
    private readonly Delay open = new(offsetPeriods + windowPeriods);

    public override void Reset()
    {
        highest.Reset();
        lowest.Reset();
        foreach (var delay in new[] { high, low, close, open }) delay.Reset();
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var (lastHigh, lastLow, lastClose, firstOpen) = (high.Push(bar.High), low.Push(bar.Low), close.Push(bar.Close), open.Push(bar.Open));
        if (double.IsNaN(lastClose) || !(highest.Push(lastHigh) & lowest.Push(lastLow))) return;
        PivotLevels.Write(type, firstOpen, highest.Value.Value, lowest.Value.Value, lastClose, bar.Open, fields);
    }
}

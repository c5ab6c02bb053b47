using QuantGrad.Indicators.Volatility;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Wilder's volatility stop.</summary>
internal sealed class VolatilityStop(int periods, double multiplier) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "volatility_stop",
        Title = "Volatility stop",
        Formula = "best close of the trade ∓ m·atr[t − 1]; reverses when the close passes it; undefined until after the first stop, since the first direction is a guess",
        Source = "Wilder 1978; Stock.Indicators ToVolatilityStop",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 7, min: 2), IndicatorParameter.Real("multiplier", 3, 0.001, 1000)],
        Fields = ["sar", "is_stop", "upper_band", "lower_band"],
        Aliases = ["vol_stop"],
        Sparse = ["sar", "is_stop", "upper_band", "lower_band"],
        WarmUp = static p => [(int)p[0] + 2],
        Factory = static p => new VolatilityStop((int)p[0], p[1]),
    };

    private readonly Atr atr = new(periods);
    private double previousAtr = double.NaN;
    private double first;
    private double lowest;
    private double highest;
    private double best;
    private bool isLong;
    private bool hasStopped;
    private int seen;

    public override void Reset()
    {
        atr.Reset();
        (previousAtr, hasStopped, seen) = (double.NaN, false, 0);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var before = previousAtr;
        previousAtr = atr.Next(bar);
        if (++seen <= periods) Start(bar.Close);
        else Trail(bar.Close, before, fields);
    }

    /// <summary>The first trade goes the way of the first n closes.</summary>
    private void Start(double close)
    {
        if (seen == 1) (first, lowest, highest) = (close, close, close);
        (lowest, highest) = (Math.Min(lowest, close), Math.Max(highest, close));
        isLong = close > first;
        best = isLong ? highest : lowest;
    }

    private void Trail(double close, double range, Span<double> fields)
    {
        // The average true range of the bar before is first known one bar after the start.
        var distance = multiplier * range;
        var stop = isLong ? best - distance : best + distance;
        var wasLong = isLong;
        var isStop = isLong ? close < stop : close > stop;
        if (hasStopped)
        {
            fields[0] = stop;
            fields[1] = isStop ? 1 : 0;
            fields[wasLong ? 3 : 2] = stop;
        }
        isLong ^= isStop;
        best = isStop ? close : isLong ? Math.Max(best, close) : Math.Min(best, close);
        hasStopped |= isStop;
    }
}

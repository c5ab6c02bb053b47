using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Volatility;
using QuantGrad.Indicators.Windows;
using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Trend;

/// <summary>Wilder's directional movement.</summary>
internal sealed class Adx(int periods) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "adx",
        Title = "Average directional index",
        Formula = "pdi, mdi = 100·(Wilder sums of ±DM)/(Wilder sum of the true range), dx = 100·|pdi − mdi|/(pdi + mdi), adx its Wilder average, adxr = (adx[t] + adx[t − n])/2",
        Source = "Wilder 1978; Stock.Indicators ToAdx",
        Inputs = Inputs.HighLowClose,
        Parameters = [IndicatorParameter.Bars("lookback_periods", 14, min: 2)],
        Fields = ["adx", "pdi", "mdi", "dx", "adxr"],
        Bounds = (0, 100),
        WarmUp = static p => [2 * (int)p[0] - 1, (int)p[0], (int)p[0], (int)p[0], 3 * (int)p[0] - 1],
        Factory = static p => new Adx((int)p[0]),
    };

    private readonly TrueRange trueRange = new();
    private readonly WilderAverage range = new(periods);
    private readonly WilderAverage plus = new(periods);
    private readonly WilderAverage minus = new(periods);
    private readonly WilderAverage average = new(periods);
    private readonly Delay past = new(periods);
    private double previousHigh = double.NaN;
    private double previousLow = double.NaN;

    public override void Reset()
    {
        trueRange.Reset();
        range.Reset();
        plus.Reset();
        minus.Reset();
        average.Reset();
        past.Reset();
        (previousHigh, previousLow) = (double.NaN, double.NaN);
    }

    protected override void Next(in Bar bar, Span<double> fields)
    {
        fields.Fill(double.NaN);
        var (up, down) = (bar.High - previousHigh, previousLow - bar.Low);
        (previousHigh, previousLow) = (bar.High, bar.Low);
        var width = trueRange.Next(bar);
        if (double.IsNaN(width)) return;
        // The averages stand for Wilder's sums: all are n times too small, and only their ratios are used.
        var total = range.Next(width);
        fields[1] = 100 * plus.Next(up > down ? Math.Max(up, 0) : 0) / total;
        fields[2] = 100 * minus.Next(down > up ? Math.Max(down, 0) : 0) / total;
        fields[3] = 100 * Math.Abs(fields[1] - fields[2]) / (fields[1] + fields[2]);
        if (double.IsNaN(total)) return;
        // No movement either way is no direction.
        fields[0] = average.Next(double.IsNaN(fields[3]) ? 0 : fields[3]);
        if (!double.IsNaN(fields[0])) fields[4] = (fields[0] + past.Push(fields[0])) / 2;
    }
}

using QuantGrad.MarketData;

namespace QuantGrad.Indicators.Prices;

/// <summary>Pivot points of the calendar window before.</summary>
internal sealed class PivotPoints(int window, PivotType type) : Indicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "pivot_points",
        Title = "Pivot points",
        Formula = "levels from the high, low, open and close of the last complete month (week, day, hour); woodie also reads this window's first open",
        Source = "Stock.Indicators ToPivotPoints",
        Inputs = Inputs.Prices,
        Parameters =
        [
            IndicatorParameter.Choice("window_size", "month", "week", "day", "hour"),
            IndicatorParameter.Choice("point_type", "standard", "camarilla", "demark", "fibonacci", "woodie"),
        ],
        Fields = ["pp", "s1", "s2", "s3", "s4", "r1", "r2", "r3", "r4"],
        Sparse = ["pp", "s1", "s2", "s3", "s4", "r1", "r2", "r3", "r4"],
        WarmUp = static _ => [1],
        Factory = static p => new PivotPoints((int)p[0], (PivotType)(int)p[1]),
    };

    private readonly double[] levels = new double[9];
    private long current = long.MinValue;
    private bool hasLevels;
    private double open;
    private double high;
    private double low;
    private double close;

    public override void Reset() => (current, hasLevels) = (long.MinValue, false);

    protected override void Next(in Bar bar, Span<double> fields)
    {
        var now = WindowOf(bar.Time);
        if (now != current)
        {
            hasLevels = current != long.MinValue;
            if (hasLevels) PivotLevels.Write(type, open, high, low, close, bar.Open, levels);
            (current, open, high, low) = (now, bar.Open, bar.High, bar.Low);
        }
        (high, low, close) = (Math.Max(high, bar.High), Math.Min(low, bar.Low), bar.Close);
        if (hasLevels) levels.CopyTo(fields);
        else fields.Fill(double.NaN);
    }

    /// <summary>The number of the window, weeks beginning on Monday.</summary>
    private long WindowOf(DateTime time) => window switch
    {
        0 => time.Year * 12 + time.Month,
        1 => (time.Ticks / TimeSpan.TicksPerDay) / 7,
        2 => time.Ticks / TimeSpan.TicksPerDay,
        _ => time.Ticks / TimeSpan.TicksPerHour,
    };
}

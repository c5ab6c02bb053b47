namespace QuantGrad.Indicators.Averages;

/// <summary>Exponential moving average, seeded with the simple average of the first n values.</summary>
internal sealed class Ema(int seedPeriods, double k) : ValueIndicator
{
    internal static readonly IndicatorDefinition Definition = new()
    {
        Name = "ema",
        Title = "Exponential moving average",
        Formula = "previous + k·(value − previous), k = 2/(n + 1); the first is the mean of the first n values",
        Source = "Stock.Indicators ToEma",
        Inputs = Inputs.Close,
        Parameters = [IndicatorParameter.Bars("lookback_periods", example: 20)],
        Fields = ["ema"],
        WarmUp = static p => [(int)p[0] - 1],
        Factory = static p => new Ema((int)p[0]),
    };

    private double sum;
    private double average;
    private int seen;

    public Ema(int periods)
        : this(periods, 2.0 / (periods + 1))
    {
    }

    /// <summary>One that starts from the first value instead of the mean of the first n.</summary>
    public static Ema FromFirst(int periods) => new(1, 2.0 / (periods + 1));

    public override void Reset() => (sum, seen) = (0, 0);

    protected override double Step(double value)
    {
        if (seen >= seedPeriods) return average += k * (value - average);
        sum += value;
        if (++seen < seedPeriods) return double.NaN;
        return average = sum / seedPeriods;
    }
}

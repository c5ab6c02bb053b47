namespace QuantGrad.Indicators.Windows;

/// <summary>The sum.</summary>
internal readonly record struct Sum(double Total) : IAggregate<Sum>
{
    public static Sum Of(double value) => new(value);

    public static Sum Join(in Sum older, in Sum newer) => new(older.Total + newer.Total);
}

/// <summary>The largest value.</summary>
internal readonly record struct Highest(double Value) : IAggregate<Highest>
{
    public static Highest Of(double value) => new(value);

    public static Highest Join(in Highest older, in Highest newer) => new(Math.Max(older.Value, newer.Value));
}

/// <summary>The smallest value.</summary>
internal readonly record struct Lowest(double Value) : IAggregate<Lowest>
{
    public static Lowest Of(double value) => new(value);

    public static Lowest Join(in Lowest older, in Lowest newer) => new(Math.Min(older.Value, newer.Value));
}

/// <summary>Count, mean and sum of squared deviations from the mean (joined as Chan, Golub and LeVeque 1979).</summary>
internal readonly record struct Moments(double Count, double Mean, double SquaredDeviations) : IAggregate<Moments>
{
    /// <summary>Standard deviation with divisor n.</summary>
    public double PopulationDeviation => Math.Sqrt(SquaredDeviations / Count);

    /// <summary>Standard deviation with divisor n − 1.</summary>
    public double SampleDeviation => Math.Sqrt(SquaredDeviations / (Count - 1));

    public static Moments Of(double value) => new(1, value, 0);

    public static Moments Join(in Moments older, in Moments newer)
    {
        var count = older.Count + newer.Count;
        var difference = newer.Mean - older.Mean;
        var share = newer.Count / count;
        return new Moments(
            count,
            older.Mean + difference * share,
            older.SquaredDeviations + newer.SquaredDeviations + difference * difference * older.Count * share);
    }
}

/// <summary>Count, sum and the sum weighted 1, 2, … n from the oldest value to the newest.</summary>
internal readonly record struct LinearSum(double Count, double Total, double Weighted) : IAggregate<LinearSum>
{
    public static LinearSum Of(double value) => new(1, value, value);

    public static LinearSum Join(in LinearSum older, in LinearSum newer) => new(
        older.Count + newer.Count,
        older.Total + newer.Total,
        older.Weighted + newer.Weighted + older.Count * newer.Total);
}

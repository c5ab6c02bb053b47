namespace QuantGrad.Indicators.Windows;

/// <summary>The sum.</summary>
internal readonly record struct Sum(double Total) : IAggregate<Sum>
{
    public static implicit operator Sum(double value) => new(value);

    public static Sum Join(in Sum older, in Sum newer) => new(older.Total + newer.Total);
}

/// <summary>The sums of two series.</summary>
internal readonly record struct TwoSums(double First, double Second) : IAggregate<TwoSums>
{
    public static TwoSums Join(in TwoSums older, in TwoSums newer) => new(older.First + newer.First, older.Second + newer.Second);
}

/// <summary>The largest value and how many values ago it was; of equal ones the oldest.</summary>
internal readonly record struct Highest(double Value, int Age = 0, int Count = 1) : IAggregate<Highest>
{
    public static implicit operator Highest(double value) => new(value);

    public static Highest Join(in Highest older, in Highest newer) =>
        older.Value >= newer.Value
            ? new Highest(older.Value, older.Age + newer.Count, older.Count + newer.Count)
            : newer with { Count = older.Count + newer.Count };
}

/// <summary>The smallest value and how many values ago it was; of equal ones the oldest.</summary>
internal readonly record struct Lowest(double Value, int Age = 0, int Count = 1) : IAggregate<Lowest>
{
    public static implicit operator Lowest(double value) => new(value);

    public static Lowest Join(in Lowest older, in Lowest newer) =>
        older.Value <= newer.Value
            ? new Lowest(older.Value, older.Age + newer.Count, older.Count + newer.Count)
            : newer with { Count = older.Count + newer.Count };
}

/// <summary>Count, mean and sum of squared deviations from the mean (joined as Chan, Golub and LeVeque 1979).</summary>
internal readonly record struct Moments(double Count, double Mean, double SquaredDeviations) : IAggregate<Moments>
{
    /// <summary>Standard deviation with divisor n.</summary>
    public double PopulationDeviation => Math.Sqrt(SquaredDeviations / Count);

    /// <summary>Standard deviation with divisor n − 1.</summary>
    public double SampleDeviation => Math.Sqrt(SquaredDeviations / (Count - 1));

    public static implicit operator Moments(double value) => new(1, value, 0);

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
    /// <summary>Slope of the least-squares line over the positions 1, 2, … n.</summary>
    public double Slope => 12 * (Weighted - (Count + 1) / 2 * Total) / (Count * (Count * Count - 1));

    public static implicit operator LinearSum(double value) => new(1, value, value);

    public static LinearSum Join(in LinearSum older, in LinearSum newer) => new(
        older.Count + newer.Count,
        older.Total + newer.Total,
        older.Weighted + newer.Weighted + older.Count * newer.Total);
}

/// <summary>Means, squared deviations and their product of pairs; <c>default</c> is the summary of no pair.</summary>
internal readonly record struct Comoments(double Count, double MeanX, double MeanY, double Xx, double Yy, double Xy) : IAggregate<Comoments>
{
    public static Comoments Of(double x, double y) => new(1, x, y, 0, 0, 0);

    public static Comoments Join(in Comoments older, in Comoments newer)
    {
        if (older.Count == 0) return newer;
        if (newer.Count == 0) return older;
        var count = older.Count + newer.Count;
        var (x, y) = (newer.MeanX - older.MeanX, newer.MeanY - older.MeanY);
        var share = newer.Count / count;
        var cross = older.Count * share;
        return new Comoments(
            count, older.MeanX + x * share, older.MeanY + y * share,
            older.Xx + newer.Xx + x * x * cross, older.Yy + newer.Yy + y * y * cross, older.Xy + newer.Xy + x * y * cross);
    }
}

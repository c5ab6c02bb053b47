namespace QuantGrad.Metrics.Returns;

/// <summary>The tail ratio: the size of the 95th percentile over that of the 5th.</summary>
public static class TailRatio
{
    internal static readonly MetricDefinition Definition = new(
        "tail_ratio", "Tail ratio", "ratio", "|95th percentile of net| / |5th percentile|", "empyrical, quantstats tail_ratio",
        "no returns, or the 5th percentile is 0", input => OfSorted(input.Sorted));

    /// <summary>The tail ratio.</summary>
    /// <param name="sorted">Returns in ascending order.</param>
    public static MetricValue OfSorted(ReadOnlySpan<double> sorted)
    {
        if (sorted.IsEmpty) return MetricValue.Undefined(MetricValue.NoReturns);
        var left = Math.Abs(Quantile.OfSorted(sorted, 0.05));
        return left == 0 ? MetricValue.Undefined("the 5th percentile is 0") : MetricValue.Of(Math.Abs(Quantile.OfSorted(sorted, 0.95)) / left);
    }
}

namespace QuantGrad.Metrics.Risk;

/// <summary>Historical value at risk and expected shortfall at 95%, as returns (a loss is negative).</summary>
public static class ValueAtRisk
{
    internal static readonly MetricDefinition Definition = new(
        "var_95", "Value at risk 95%", "fraction", "5th percentile of the bars' net returns (historical, linear interpolation); a loss is negative",
        "empyrical value_at_risk", "no returns", input => OfSorted(input.Sorted, 0.05));

    internal static readonly MetricDefinition Shortfall = new(
        "cvar_95", "Expected shortfall 95%", "fraction", "mean of the net returns at or below var_95; a loss is negative",
        "Rockafellar and Uryasev (2000), empirical", "no returns", input => ShortfallOfSorted(input.Sorted, 0.05));

    /// <summary>The cutoff-quantile of the returns.</summary>
    /// <param name="sorted">Returns in ascending order.</param>
    /// <param name="cutoff">The probability of a worse return, in (0, 1).</param>
    public static MetricValue OfSorted(ReadOnlySpan<double> sorted, double cutoff) =>
        sorted.IsEmpty ? MetricValue.Undefined(MetricValue.NoReturns) : MetricValue.Of(Quantile.OfSorted(sorted, cutoff));

    /// <summary>The mean of the returns at or below the cutoff-quantile.</summary>
    /// <param name="sorted">Returns in ascending order.</param>
    /// <param name="cutoff">The probability of a worse return, in (0, 1).</param>
    public static MetricValue ShortfallOfSorted(ReadOnlySpan<double> sorted, double cutoff)
    {
        var limit = OfSorted(sorted, cutoff);
        if (!limit.IsDefined) return limit;
        var sum = 0.0;
        var count = 0;
        while (count < sorted.Length && sorted[count] <= limit.Value) sum += sorted[count++];
        return MetricValue.Of(sum / count);
    }
}

namespace QuantGrad.Metrics.Returns;

/// <summary>The best and the worst bar.</summary>
public static class Extremes
{
    internal static readonly MetricDefinition Best = new(
        "best_return", "Best bar", "fraction", "max(net)", "quantstats best", "no returns", input => At(input.Sorted, 1), OutlivesRuin: true);

    internal static readonly MetricDefinition Worst = new(
        "worst_return", "Worst bar", "fraction", "min(net)", "quantstats worst", "no returns", input => At(input.Sorted, 0), OutlivesRuin: true);

    private static MetricValue At(double[] sorted, double q) =>
        sorted.Length == 0 ? MetricValue.Undefined(MetricValue.NoReturns) : MetricValue.Of(Quantile.OfSorted(sorted, q));
}

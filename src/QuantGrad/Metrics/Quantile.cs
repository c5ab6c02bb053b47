namespace QuantGrad.Metrics;

/// <summary>Quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, type 7; numpy's default).</summary>
public static class Quantile
{
    /// <summary>The q-quantile of values in ascending order.</summary>
    /// <param name="sorted">Values, ascending, at least one.</param>
    /// <param name="q">Probability in [0, 1].</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double q)
    {
        var position = q * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}

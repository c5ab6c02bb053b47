using System.Runtime.Intrinsics;

namespace QuantGrad.Sweeping;

/// <summary>
/// Means of a column's newest n values for any n, from one running sum that is kept as an unevaluated pair of doubles (Dekker 1971): the difference of two such
/// sums is the window's sum to the last bit or two, however long the series, so that nothing drifts.
/// </summary>
internal sealed class ColumnMean
{
    private readonly double[] high;
    private readonly double[] low;
    private readonly int start;

    private ColumnMean(double[] high, double[] low, int start)
    {
        this.high = high;
        this.low = low;
        this.start = start;
    }

    /// <summary>Sums up a column; null where it has holes after its first value, over which no sum can run.</summary>
    /// <param name="column">Values; NaN before the first.</param>
    public static ColumnMean? Of(ReadOnlySpan<double> column)
    {
        var start = 0;
        while (start < column.Length && !double.IsFinite(column[start])) start++;
        var (high, low) = (new double[column.Length + 1], new double[column.Length + 1]);
        double sum = 0, rest = 0;
        for (var t = start; t < column.Length; t++)
        {
            var value = column[t];
            if (!double.IsFinite(value)) return null;
            var next = sum + value;
            var kept = next - sum;
            rest += sum - (next - kept) + (value - kept);
            high[t + 1] = sum = next;
            low[t + 1] = rest;
        }

        return new ColumnMean(high, low, start);
    }

    /// <summary>Writes the mean of the newest n values at every bar, NaN before there are n.</summary>
    /// <param name="length">n, at least 1.</param>
    /// <param name="means">As long as the column.</param>
    public void Fill(int length, Span<double> means)
    {
        var first = Math.Min(means.Length, start + length - 1);
        means[..first].Fill(double.NaN);
        var share = 1.0 / length;
        var t = first;
        for (; t + Vector512<double>.Count <= means.Length; t += Vector512<double>.Count)
        {
            var sum = At(high, t + 1) - At(high, t + 1 - length) + (At(low, t + 1) - At(low, t + 1 - length));
            (sum * Vector512.Create(share)).CopyTo(means[t..]);
        }

        for (; t < means.Length; t++) means[t] = (high[t + 1] - high[t + 1 - length] + (low[t + 1] - low[t + 1 - length])) * share;
    }

    private static Vector512<double> At(double[] values, int index) => Vector512.LoadUnsafe(ref values[0], (nuint)index);
}

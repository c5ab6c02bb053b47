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

    /// <summary>Sums up a column.</summary>
    /// <param name="column">Finite values.</param>
    public ColumnMean(ReadOnlySpan<double> column)
    {
        (high, low) = (new double[column.Length + 1], new double[column.Length + 1]);
        double sum = 0, rest = 0;
        for (var t = 0; t < column.Length; t++)
        {
            var value = column[t];
            var next = sum + value;
            var kept = next - sum;
            rest += sum - (next - kept) + (value - kept);
            high[t + 1] = sum = next;
            low[t + 1] = rest;
        }
    }

    /// <summary>Writes the mean of the newest n values at every bar; the first value is taken to have stood for ever before.</summary>
    /// <param name="length">n, at least 1.</param>
    /// <param name="means">As long as the column.</param>
    public void Fill(int length, Span<double> means)
    {
        var share = 1.0 / length;
        var t = 0;
        for (; t < means.Length && t + 1 < length; t++) means[t] = (high[t + 1] + (length - 1 - t) * high[1] + low[t + 1]) * share;
        for (; t + Vector512<double>.Count <= means.Length; t += Vector512<double>.Count)
        {
            var sum = At(high, t + 1) - At(high, t + 1 - length) + (At(low, t + 1) - At(low, t + 1 - length));
            (sum * Vector512.Create(share)).CopyTo(means[t..]);
        }

        for (; t < means.Length; t++) means[t] = (high[t + 1] - high[t + 1 - length] + (low[t + 1] - low[t + 1 - length])) * share;
    }

    private static Vector512<double> At(double[] values, int index) => Vector512.LoadUnsafe(ref values[0], (nuint)index);
}

namespace QuantGrad.Reporting.Charts;

/// <summary>
/// Thins long series for drawing without losing an extreme: the rows are cut into even buckets, and each keeps the rows where any of the series has its
/// lowest and its highest value there. All series keep the same rows, so that one calendar serves them.
/// </summary>
internal static class Thinning
{
    /// <summary>The rows to draw, ascending; all of them where there are no more than <paramref name="target"/>.</summary>
    /// <param name="series">Series of one length; NaN is no value.</param>
    /// <param name="target">About how many rows to keep, at least 4.</param>
    /// <param name="always">Rows that must stay, such as where an interval begins.</param>
    public static int[] Rows(IReadOnlyList<double[]> series, int target, params ReadOnlySpan<int> always)
    {
        var length = series.Count == 0 ? 0 : series[0].Length;
        if (length <= target) return [.. Enumerable.Range(0, length)];

        var buckets = Math.Max(1, target / (2 * series.Count));
        var kept = new bool[length];
        kept[0] = kept[length - 1] = true;
        foreach (var row in always) kept[row] = true;
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var first = (int)((long)bucket * length / buckets);
            var end = (int)((long)(bucket + 1) * length / buckets);
            foreach (var values in series) KeepExtremes(values, first, end, kept);
        }

        return [.. Enumerable.Range(0, length).Where(row => kept[row])];
    }

    /// <summary>The values of the kept rows.</summary>
    public static double[] Pick(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);

    private static void KeepExtremes(double[] values, int first, int end, bool[] kept)
    {
        int low = -1, high = -1;
        for (var row = first; row < end; row++)
        {
            if (double.IsNaN(values[row])) continue;
            if (low < 0 || values[row] < values[low]) low = row;
            if (high < 0 || values[row] > values[high]) high = row;
        }

        if (low < 0) return;
        kept[low] = kept[high] = true;
    }
}

namespace QuantGrad.MarketData;

/// <summary>Aligns symbols on one calendar.</summary>
internal static class PanelBuilder
{
    /// <summary>
    /// The panel of all series on the union of their dates, symbols in ordinal order; NaN where a symbol has no bar. Nothing is filled.
    /// A series that has every date is used as it is, not copied.
    /// </summary>
    /// <param name="series">One per symbol, each strictly increasing in time.</param>
    internal static Panel Align(IEnumerable<BarSeries> series)
    {
        var ordered = series.OrderBy(one => one.Symbol, StringComparer.Ordinal).ToArray();
        var calendar = Calendar(ordered);
        var columns = Array.ConvertAll(ordered, one => Steps(one, calendar));
        double[][] Spread(Func<BarSeries, double[]> column) => [.. ordered.Select((one, a) => Place(column(one), one.Count, columns[a], calendar.Length))];
        var dates = new DateTime[calendar.Length];
        for (var step = 0; step < dates.Length; step++) dates[step] = new DateTime(calendar[step], DateTimeKind.Utc);
        return new Panel(
            dates, Array.ConvertAll(ordered, one => one.Symbol),
            Spread(one => one.Open), Spread(one => one.High), Spread(one => one.Low), Spread(one => one.Close), Spread(one => one.Volume));
    }

    /// <summary>The union of all dates, increasing.</summary>
    internal static long[] Calendar(IReadOnlyList<BarSeries> series)
    {
        if (series.Count == 0) return [];
        var union = series[0].Ticks.Length == series[0].Count ? series[0].Ticks : series[0].Ticks[..series[0].Count];
        foreach (var next in series.Skip(1))
        {
            var added = next.Ticks.AsSpan(0, next.Count);
            if (!added.SequenceEqual(union)) union = Union(union, added);
        }

        return union;
    }

    private static long[] Union(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        var merged = new long[a.Length + b.Length];
        int i = 0, j = 0, n = 0;
        while (i < a.Length || j < b.Length)
        {
            var next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            if (i < a.Length && a[i] == next) i++;
            if (j < b.Length && b[j] == next) j++;
            merged[n++] = next;
        }

        return merged[..n];
    }

    /// <summary>The step of each bar, or null where the series has every date.</summary>
    private static int[]? Steps(BarSeries series, long[] calendar)
    {
        if (series.Count == calendar.Length) return null;
        var steps = new int[series.Count];
        for (int bar = 0, step = 0; bar < series.Count; step++)
            if (calendar[step] == series.Ticks[bar]) steps[bar++] = step;
        return steps;
    }

    private static double[] Place(double[] column, int count, int[]? steps, int length)
    {
        if (column.Length > 0 && steps is null) return column.Length == length ? column : column[..length];
        var placed = new double[length];
        Array.Fill(placed, double.NaN);
        if (column.Length == 0) return placed;
        for (var bar = 0; bar < count; bar++) placed[steps![bar]] = column[bar];
        return placed;
    }
}

using System.Globalization;

namespace QuantGrad.MarketData;

/// <summary>Puts a symbol's bars in order of time and settles bars of the same time.</summary>
internal static class SeriesOrder
{
    /// <summary>The bars, strictly increasing in time. Newest-first files are turned round without a word; any other disorder is told.</summary>
    internal static BarSeries Sort(BarSeries series, DefectLog log)
    {
        int rises = 0, falls = 0, firstFall = 0, ties = 0;
        for (var i = 1; i < series.Count; i++)
        {
            if (series.Ticks[i] > series.Ticks[i - 1]) rises++;
            else if (series.Ticks[i] == series.Ticks[i - 1]) ties++;
            else if (falls++ == 0) firstFall = i;
        }

        if (falls == 0 && ties == 0) return series;
        var order = Enumerable.Range(0, series.Count).ToArray();
        var isNewestFirst = falls > 0 && rises == 0;
        if (isNewestFirst) Array.Reverse(order);
        if (falls > 0 && rises > 0)
        {
            log.Add(
                DefectCodes.Unsorted, series.Place(firstFall),
                $"{series.Symbol}: {Text(series.Time(firstFall))} stands after {Text(series.Time(firstFall - 1))}; the rows are put in order of time.", falls);
        }

        if (falls > 0 && rises > 0) order = [.. order.OrderBy(i => series.Ticks[i]).ThenBy(i => i)];
        return Settle(series, order, log);
    }

    private static BarSeries Settle(BarSeries series, int[] order, DefectLog log)
    {
        var kept = new List<int>(order.Length);
        var overlaps = new SortedDictionary<(int, int, bool), (int First, int Second, int Count)>();
        foreach (var bar in order)
        {
            if (kept.Count == 0 || series.Ticks[kept[^1]] != series.Ticks[bar])
            {
                kept.Add(bar);
                continue;
            }

            var (first, second) = (Math.Min(kept[^1], bar), Math.Max(kept[^1], bar));
            var isSame = IsSame(series, first, second);
            kept[^1] = first;
            if (series.SourceOf.Length > 0 && series.SourceOf[first] != series.SourceOf[second])
            {
                // Two files that overlap tell one thing, not one a bar.
                var key = (series.SourceOf[first], series.SourceOf[second], isSame);
                overlaps[key] = overlaps.TryGetValue(key, out var known) ? known with { Count = known.Count + 1 } : (first, second, 1);
                continue;
            }

            var (date, line) = (Text(series.Time(bar)), series.Place(first).Line);
            if (isSame) log.Add(DefectCodes.RepeatedRow, series.Place(second), $"{series.Symbol} has the bar of {date} twice (first on line {line}); the second is left out.");
            else log.Add(DefectCodes.DuplicateDate, series.Place(second), $"{series.Symbol} has two bars of {date}, closing at {series.Close[first]} (line {line}) and at {series.Close[second]}; keep the right one.");
        }

        foreach (var ((_, _, isSame), (first, second, count)) in overlaps)
        {
            var other = series.Place(first);
            if (isSame) log.Add(DefectCodes.RepeatedRow, series.Place(second), $"{series.Symbol} has {count} bars in this file and in {other.File} alike, from {Text(series.Time(second))} on; they are used once.", count);
            else log.Add(DefectCodes.DuplicateDate, series.Place(second), $"{series.Symbol} has {count} bars in this file that differ from those of {other.File}, first on {Text(series.Time(second))}: {series.Close[second]} here, {series.Close[first]} there (line {other.Line}); name only one of the files.", count);
        }

        return series.Pick([.. kept]);
    }

    private static bool IsSame(BarSeries series, int a, int b)
    {
        bool Same(double[] column) => column.Length == 0 || column[a].Equals(column[b]);
        return Same(series.Close) && Same(series.Volume) && Same(series.Open) && Same(series.High) && Same(series.Low);
    }

    /// <summary>A date as files write it: without the time where it is midnight.</summary>
    internal static string Text(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

namespace QuantGrad.MarketData;

/// <summary>Finds symbols that cannot share a calendar: bars of another length, or stamps that never meet.</summary>
internal static class CommonCalendar
{
    // Fewer bars than this do not show how often a symbol is sampled.
    private const int FewestBars = 10;

    // The newest bars show it as well as all of them, which may be millions.
    private const int NewestBars = 4096;

    /// <summary>Checks all symbols of a panel against the one with the shortest bars, then against the one with the most.</summary>
    /// <param name="symbols">Each in order of time.</param>
    /// <param name="log">Is told.</param>
    internal static void Check(IReadOnlyList<BarSeries> symbols, DefectLog log)
    {
        var enough = symbols.Where(one => one.Count >= FewestBars).ToArray();
        if (enough.Length < 2) return;
        var judged = Array.ConvertAll(enough, one => (Series: one, Sampling: Sampling.Of(Newest(one))));
        var shortest = judged.MinBy(one => one.Sampling.Interval);
        var longer = judged.Where(one => one.Sampling.Interval >= 2 * shortest.Sampling.Interval && IsEven(Newest(one.Series), one.Sampling.Interval)).ToArray();
        foreach (var group in longer.GroupBy(one => one.Sampling.Interval))
        {
            var (series, sampling) = group.First();
            log.Add(
                DefectCodes.MixedIntervals, new BarPlace(series.Sources[0].Path, 0, series.Symbol),
                $"{series.Symbol} has {sampling.Describe()} bars, but {shortest.Series.Symbol} in {shortest.Series.Sources[0].Path} has {shortest.Sampling.Describe()} ones: on one calendar a longer bar's close may stand before the moment it is known. Run them apart, or resample the shorter bars.", group.Count());
        }

        if (longer.Length == 0) CheckMeeting(enough, log);
    }

    /// <summary>Whether the bars are truly this far apart, not closer ones of which many are missing.</summary>
    private static bool IsEven(ReadOnlySpan<long> ticks, TimeSpan interval)
    {
        var closer = 0;
        for (var i = 1; i < ticks.Length; i++)
            if (ticks[i] - ticks[i - 1] <= interval.Ticks / 2) closer++;
        return closer * 20 < ticks.Length;
    }

    private static ReadOnlySpan<long> Newest(BarSeries series) => series.Ticks.AsSpan(0, series.Count)[Math.Max(0, series.Count - NewestBars)..];

    private static void CheckMeeting(BarSeries[] symbols, DefectLog log)
    {
        var most = symbols.MaxBy(one => one.Count)!;
        foreach (var one in symbols)
        {
            if (one.Ticks.AsSpan(0, one.Count).SequenceEqual(most.Ticks.AsSpan(0, most.Count))) continue;
            var (begin, end) = (Math.Max(one.Ticks[0], most.Ticks[0]), Math.Min(one.Ticks[one.Count - 1], most.Ticks[most.Count - 1]));
            int bars = 0, common = 0;
            for (int i = 0, j = 0; i < one.Count; i++)
            {
                if (one.Ticks[i] < begin || one.Ticks[i] > end) continue;
                bars++;
                while (most.Ticks[j] < one.Ticks[i]) j++;
                if (most.Ticks[j] == one.Ticks[i]) common++;
            }

            if (bars < FewestBars || common * 50 >= bars) continue;
            var met = Array.FindIndex(most.Ticks, 0, most.Count, time => time >= begin);
            log.Add(
                DefectCodes.NoCommonDates, new BarPlace(one.Sources[0].Path, 0, one.Symbol),
                $"{one.Symbol} and {most.Symbol} in {most.Sources[0].Path} live at the same time, but only {common} of {bars} bars have the same stamp (such as {SeriesOrder.Text(one.Time(Array.FindIndex(one.Ticks, time => time >= begin)))} and {SeriesOrder.Text(most.Time(met))}). Stamp both alike, or run them apart.", bars);
        }
    }
}

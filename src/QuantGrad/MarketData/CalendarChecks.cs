namespace QuantGrad.MarketData;

/// <summary>Finds bars that are missing.</summary>
internal static class CalendarChecks
{
    /// <summary>Stretches without bars that are longer than a market's breaks, and intraday sessions with many holes.</summary>
    /// <param name="series">In order of time.</param>
    /// <param name="sampling">How often this symbol is sampled.</param>
    /// <param name="log">Is told.</param>
    internal static void CheckGaps(BarSeries series, Sampling sampling, DefectLog log)
    {
        var longest = LongestBreak(sampling).Ticks;
        for (var i = 1; i < series.Count; i++)
        {
            var distance = series.Ticks[i] - series.Ticks[i - 1];
            if (distance <= longest) continue;
            log.Add(
                DefectCodes.Gap, series.Place(i),
                $"{series.Symbol} has no bar for {new TimeSpan(distance).TotalDays:0.#} days, from {SeriesOrder.Text(series.Time(i - 1))} to {SeriesOrder.Text(series.Time(i))}; the return over the gap counts as one bar's.");
        }

        if (sampling.IsIntraday) CheckCoverage(series, sampling, log);
    }

    /// <summary>Bars that a symbol lacks on dates, inside its life, on which at least three in four of the other symbols have one.</summary>
    internal static void CheckMissing(IReadOnlyList<BarSeries> symbols, long[] calendar, DefectLog log)
    {
        if (symbols.Count < 4) return;
        var counts = new Dictionary<long, (int Present, int Alive)>(calendar.Length);
        foreach (var date in calendar) counts[date] = default;
        var position = new Dictionary<long, int>(calendar.Length);
        for (var i = 0; i < calendar.Length; i++) position[calendar[i]] = i;
        var present = new int[calendar.Length];
        var begins = new int[calendar.Length + 1];
        foreach (var one in symbols)
        {
            for (var i = 0; i < one.Count; i++) present[position[one.Ticks[i]]]++;
            begins[position[one.Ticks[0]]]++;
            begins[position[one.Ticks[one.Count - 1]] + 1]--;
        }

        for (var i = 1; i < begins.Length; i++) begins[i] += begins[i - 1];
        foreach (var one in symbols)
        {
            int missing = 0, first = 0;
            for (int step = position[one.Ticks[0]], bar = 0; bar < one.Count; step++)
            {
                if (calendar[step] == one.Ticks[bar]) bar++;
                else if (begins[step] > 3 && present[step] * 4 >= (begins[step] - 1) * 3 && missing++ == 0) first = bar;
            }

            if (missing == 0) continue;
            log.Add(
                DefectCodes.MissingBars, one.Place(first),
                $"{one.Symbol} has no bar on {missing} of the dates on which the other symbols have one, for the first time before {SeriesOrder.Text(one.Time(first))}; nothing is filled.", missing);
        }
    }

    // Weekday markets close for up to nine working days (Golden Week, New Year in Asia); sessions for Easter or Christmas with a weekend.
    private static TimeSpan LongestBreak(Sampling sampling)
    {
        var bars = sampling.Interval.TotalDays switch { < 7 => 0, 7 => 3, 30 => 2.1, 91 => 2.1, _ => 2.1 };
        if (bars > 0) return sampling.Interval * bars;
        if (sampling.DaysPerWeek == 7) return sampling.IsIntraday ? TimeSpan.FromDays(1) + (2 * sampling.Interval) : TimeSpan.FromDays(3);
        return TimeSpan.FromDays(sampling.IsIntraday ? 5.5 : 14);
    }

    private static void CheckCoverage(BarSeries series, Sampling sampling, DefectLog log)
    {
        long expected = 0, begin = series.Ticks[0], nextDay = NextDay(begin);
        for (var i = 1; i <= series.Count; i++)
        {
            if (i < series.Count && series.Ticks[i] < nextDay) continue;
            expected += ((series.Ticks[i - 1] - begin) / sampling.Interval.Ticks) + 1;
            if (i < series.Count) nextDay = NextDay(begin = series.Ticks[i]);
        }

        static long NextDay(long ticks) => ((ticks / TimeSpan.TicksPerDay) + 1) * TimeSpan.TicksPerDay;

        if (series.Count * 10L >= expected * 7) return;
        log.Add(
            DefectCodes.SparseBars, series.Place(0) with { Line = 0, Date = null },
            $"{series.Symbol} has {100.0 * series.Count / expected:0}% of the {sampling.Describe()} bars between each day's first and last one; windows in bars reach further back than they say.", (int)(expected - series.Count));
    }
}

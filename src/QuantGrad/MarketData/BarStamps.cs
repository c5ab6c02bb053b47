namespace QuantGrad.MarketData;

/// <summary>Brings stamps to the moment at which a bar is complete.</summary>
internal static class BarStamps
{
    /// <summary>
    /// Leaves out a last bar that is off the file's grid (a period still running when the file was made), moves intraday bars that are
    /// stamped at their open to their close, and gives longer bars their date.
    /// </summary>
    /// <param name="series">In order of time.</param>
    /// <param name="log">Is told of the bar left out, and of sessions that are of the day after.</param>
    internal static BarSeries Settle(BarSeries series, DefectLog log)
    {
        if (series.Count < 2) return series;
        var sampling = Sampling.Of(series.Ticks.AsSpan(0, series.Count));
        var last = series.Count - 1;
        if (IsOffGrid(series, sampling))
        {
            log.Add(DefectCodes.LiveRow, series.Place(last), $"{series.Symbol}'s last bar, stamped {SeriesOrder.Text(series.Time(last))}, is off the {sampling.Describe()} grid of the others: its period was not over; it is left out.");
            series = series.Range(0, last);
        }

        if (series.StampsOpen && sampling.IsIntraday)
            for (var i = 0; i < series.Count; i++) series.Ticks[i] += sampling.Interval.Ticks;
        ToDates(series, log);
        return series;
    }

    /// <summary>
    /// A bar of a day or longer is of a date, whatever the time of day that its vendor writes beside it, so that symbols stamped at 16:00 and at
    /// midnight share one calendar. Intraday bars, and a series with two bars on a date, are left as they are.
    /// </summary>
    /// <param name="series">In order of time; changed in place.</param>
    /// <param name="log">Is told of sessions that are of the day after.</param>
    internal static void ToDates(BarSeries series, DefectLog log)
    {
        const long Day = TimeSpan.TicksPerDay;
        var ticks = series.Ticks.AsSpan(0, series.Count);
        if (ticks.Length < 2) return;
        var hasTimes = ticks[0] % Day != 0;
        for (var i = 1; i < ticks.Length; i++)
        {
            if (ticks[i] / Day == ticks[i - 1] / Day) return;
            hasTimes |= ticks[i] % Day != 0;
        }

        if (!hasTimes || Sampling.Of(ticks) is not { IsIntraday: false } sampling) return;
        var isDayBefore = IsEveningBefore(series, sampling);
        if (isDayBefore)
            log.Add(DefectCodes.EveningSession, series.Place(0), $"{series.Symbol}'s daily bars are stamped in the evening from Sunday to Thursday ({SeriesOrder.Text(series.Time(0))}): sessions of the day after, whose date they are given.", series.Count);
        foreach (ref var tick in ticks) tick = ((tick / Day) + (isDayBefore ? 1 : 0)) * Day;
    }

    /// <summary>Whether a weekday market's bars are stamped at the open of a session that begins on the evening before (currencies, futures).</summary>
    private static bool IsEveningBefore(BarSeries series, Sampling sampling)
    {
        int sundays = 0, fridays = 0;
        for (var i = 0; i < series.Count; i++)
        {
            var time = series.Time(i);
            if (time.Hour < 17) return false;
            if (time.DayOfWeek == DayOfWeek.Sunday) sundays++;
            else if (time.DayOfWeek == DayOfWeek.Friday) fridays++;
        }

        return sampling.Interval == TimeSpan.FromDays(1) && sundays * 20 >= series.Count && fridays * 20 < series.Count;
    }

    private static bool IsOffGrid(BarSeries series, Sampling sampling)
    {
        if (series.Count < 10 || sampling.Interval > TimeSpan.FromDays(7)) return false;
        var grid = Math.Min(sampling.Interval.Ticks, TimeSpan.TicksPerDay);
        var phase = series.Ticks[0] % grid;
        for (var i = 1; i < series.Count - 1; i++)
            if (series.Ticks[i] - series.Ticks[i - 1] != grid && series.Ticks[i] % grid != phase) return false;
        return series.Ticks[series.Count - 1] % grid != phase;
    }
}

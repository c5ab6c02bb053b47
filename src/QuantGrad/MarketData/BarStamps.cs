namespace QuantGrad.MarketData;

/// <summary>Brings stamps to the moment at which a bar is complete.</summary>
internal static class BarStamps
{
    /// <summary>
    /// Leaves out a last bar that is off the file's grid (a period still running when the file was made), and moves intraday bars that are
    /// stamped at their open to their close.
    /// </summary>
    /// <param name="series">In order of time.</param>
    /// <param name="log">Is told of the bar left out.</param>
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
        return series;
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

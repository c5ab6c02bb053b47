namespace QuantGrad.MarketData;

/// <summary>Finds what is wrong with a symbol's bars once they are in order of time.</summary>
internal static class SeriesChecks
{
    // Adjusting and rounding move open and close past high and low by a few units of the last digit.
    private const double RangeTolerance = 1e-5;

    /// <summary>Checks each bar by itself. Repairs are made in place and told.</summary>
    internal static void CheckBars(BarSeries series, DefectLog log)
    {
        var closes = series.Close.AsSpan(0, series.Count);
        var volumes = series.Volume.AsSpan(0, series.HasVolume ? series.Count : 0);
        var ranged = series.HasOpenHighLow ? series.Count : 0;
        Span<double> opens = series.Open.AsSpan(0, ranged), highs = series.High.AsSpan(0, ranged), lows = series.Low.AsSpan(0, ranged);
        for (var i = 0; i < closes.Length; i++)
        {
            if (closes[i] <= 0 || (i < volumes.Length && volumes[i] < 0)) CheckSign(series, i, log);
            if (i >= opens.Length) continue;
            double open = opens[i], high = highs[i], low = lows[i], close = closes[i];
            // The plain case in four comparisons; a NaN fails them and is looked at below.
            if (low > 0 && open >= low && close >= low && open <= high && close <= high) continue;
            if (close > 0) CheckRange(series, i, log);
        }
    }

    private static void CheckSign(BarSeries series, int i, DefectLog log)
    {
        if (series.Close[i] <= 0)
            log.Add(DefectCodes.NonPositivePrice, series.Place(i), $"{series.Symbol} closes at {series.Close[i]} on {SeriesOrder.Text(series.Time(i))}; returns need prices above 0.");
        if (!series.HasVolume || !(series.Volume[i] < 0)) return;
        log.Add(DefectCodes.NegativeVolume, series.Place(i), $"{series.Symbol} has the volume {series.Volume[i]}; it is read as unknown.");
        series.Volume[i] = double.NaN;
    }

    private static void CheckRange(BarSeries series, int i, DefectLog log)
    {
        double open = series.Open[i], high = series.High[i], low = series.Low[i], close = series.Close[i];
        if (open <= 0 || high <= 0 || low <= 0)
        {
            log.Add(DefectCodes.MissingOpenHighLow, series.Place(i), $"{series.Symbol} has open {open}, high {high}, low {low} beside the close {close}; those at or below 0 are read as unknown.");
            if (open <= 0) series.Open[i] = double.NaN;
            if (high <= 0) series.High[i] = double.NaN;
            if (low <= 0) series.Low[i] = double.NaN;
        }
        else if (high < low * (1 - RangeTolerance))
        {
            log.Add(DefectCodes.HighBelowLow, series.Place(i), $"{series.Symbol} has the high {high} below the low {low}; the columns may be swapped.");
        }
        else if (Math.Max(open, close) > high * (1 + RangeTolerance) || Math.Min(open, close) < low * (1 - RangeTolerance))
        {
            log.Add(DefectCodes.OutsideRange, series.Place(i), $"{series.Symbol} has open {open} and close {close} outside low {low} to high {high}; the row is used as it is.");
        }
    }
}

namespace QuantGrad.MarketData;

/// <summary>Finds what is wrong with a symbol's bars once they are in order of time.</summary>
internal static class SeriesChecks
{
    // Adjusting and rounding move open and close past high and low by a few units of the last digit.
    private const double RangeTolerance = 1e-5;

    /// <summary>Checks each bar by itself. Repairs are made in place and told.</summary>
    internal static void CheckBars(BarSeries series, DefectLog log)
    {
        for (var i = 0; i < series.Count; i++)
        {
            var close = series.Close[i];
            if (close <= 0)
                log.Add(DefectCodes.NonPositivePrice, series.Place(i), $"{series.Symbol} closes at {close} on {SeriesOrder.Text(series.Time(i))}; returns need prices above 0.");
            if (series.HasVolume && series.Volume[i] < 0)
            {
                log.Add(DefectCodes.NegativeVolume, series.Place(i), $"{series.Symbol} has the volume {series.Volume[i]}; it is read as unknown.");
                series.Volume[i] = double.NaN;
            }

            if (!series.HasOpenHighLow || close <= 0) continue;
            double open = series.Open[i], high = series.High[i], low = series.Low[i];
            if (open <= 0 || high <= 0 || low <= 0)
            {
                log.Add(DefectCodes.MissingOpenHighLow, series.Place(i), $"{series.Symbol} has open {open}, high {high}, low {low} beside the close {close}; those at or below 0 are read as unknown.");
                if (open <= 0) series.Open[i] = double.NaN;
                if (high <= 0) series.High[i] = double.NaN;
                if (low <= 0) series.Low[i] = double.NaN;
                continue;
            }

            if (high < low * (1 - RangeTolerance))
                log.Add(DefectCodes.HighBelowLow, series.Place(i), $"{series.Symbol} has the high {high} below the low {low}; the columns may be swapped.");
            else if (Math.Max(open, close) > high * (1 + RangeTolerance) || Math.Min(open, close) < low * (1 - RangeTolerance))
                log.Add(DefectCodes.OutsideRange, series.Place(i), $"{series.Symbol} has open {open} and close {close} outside low {low} to high {high}; the row is used as it is.");
        }
    }
}

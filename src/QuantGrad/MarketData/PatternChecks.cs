namespace QuantGrad.MarketData;

/// <summary>Finds stretches in which a symbol's bars carry less than they seem to.</summary>
internal static class PatternChecks
{
    // Prices rounded to cents may stand still for a week or two; a month without any move is no market's doing.
    private const int LongestStandstill = 20;

    /// <summary>Closes that do not move, bars of one price, and bars without volume.</summary>
    /// <param name="series">In order of time.</param>
    /// <param name="sampling">How often this symbol is sampled; quiet stretches are usual within a day.</param>
    /// <param name="log">Is told, once per stretch or symbol.</param>
    internal static void CheckStretches(BarSeries series, Sampling sampling, DefectLog log)
    {
        if (!sampling.IsIntraday)
        {
            CheckConstant(series, log);
            CheckFlat(series, log);
        }

        if (series.HasVolume) CheckVolume(series, log);
    }

    private static void CheckConstant(BarSeries series, DefectLog log)
    {
        var start = 0;
        for (var i = 1; i <= series.Count; i++)
        {
            if (i < series.Count && series.Close[i].Equals(series.Close[start])) continue;
            if (i - start >= LongestStandstill)
                log.Add(
                    DefectCodes.ConstantRun, series.Place(start),
                    $"{series.Symbol} closes at {series.Close[start]} on {i - start} bars in a row, from {SeriesOrder.Text(series.Time(start))} to {SeriesOrder.Text(series.Time(i - 1))}; a peg, a halt, or prices that were filled in.", i - start);
            start = i;
        }
    }

    private static void CheckFlat(BarSeries series, DefectLog log)
    {
        if (!series.HasOpenHighLow) return;
        int flat = 0, first = 0;
        for (var i = 0; i < series.Count; i++)
        {
            var close = series.Close[i];
            if (series.Open[i] == close && series.High[i] == close && series.Low[i] == close && flat++ == 0) first = i;
        }

        if (flat >= 10)
            log.Add(DefectCodes.FlatBars, series.Place(first), $"{series.Symbol} has {flat} bars whose open, high, low and close are one number, from {SeriesOrder.Text(series.Time(first))} on; ranges and opens tell nothing there.", flat);
    }

    private static void CheckVolume(BarSeries series, DefectLog log)
    {
        int zero = 0, first = 0, last = 0;
        for (var i = 0; i < series.Count; i++)
        {
            if (series.Volume[i] != 0) continue;
            if (zero++ == 0) first = i;
            last = i;
        }

        if (zero == 0) return;
        var where = zero == series.Count ? "on all bars" : FormattableString.Invariant($"on {zero} of {series.Count} bars between {SeriesOrder.Text(series.Time(first))} and {SeriesOrder.Text(series.Time(last))}");
        log.Add(DefectCodes.ZeroVolume, series.Place(first), $"{series.Symbol} has the volume 0 {where}; features of the volume mean nothing there.", zero);
    }
}

namespace QuantGrad.MarketData;

/// <summary>Joins one symbol's bars out of several files.</summary>
internal static class SeriesJoin
{
    /// <summary>All bars in order of time; the same date in two files is a repeated row where the values agree, else a duplicate date.</summary>
    internal static BarSeries Join(BarSeries[] parts, DefectLog log)
    {
        var ordered = parts.Where(part => part.Count > 0).OrderBy(part => part.Ticks[0]).ToArray();
        if (ordered.Length < 2) return ordered.Length == 1 ? ordered[0] : parts[0];
        var joined = new BarSeries(
            parts[0].Symbol, string.Join(", ", ordered.Select(part => part.File)), ordered.Any(part => part.HasOpenHighLow), ordered.Any(part => part.HasVolume),
            ordered.Sum(part => part.Count));
        foreach (var part in ordered)
        {
            for (var i = 0; i < part.Count; i++)
            {
                var bar = (Open: double.NaN, High: double.NaN, Low: double.NaN);
                if (part.HasOpenHighLow) bar = (part.Open[i], part.High[i], part.Low[i]);
                joined.Add(part.Ticks[i], part.Lines[i], bar.Open, bar.High, bar.Low, part.Close[i], part.HasVolume ? part.Volume[i] : double.NaN);
            }
        }

        // Overlapping files are no disorder of the rows: sort without a word, then settle what stands twice.
        var order = Enumerable.Range(0, joined.Count).OrderBy(i => joined.Ticks[i]).ThenBy(i => i).ToArray();
        return SeriesOrder.Sort(joined.Pick(order), log);
    }
}

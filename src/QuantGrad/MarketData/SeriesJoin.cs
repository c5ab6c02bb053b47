namespace QuantGrad.MarketData;

/// <summary>Joins one symbol's bars out of several files.</summary>
internal static class SeriesJoin
{
    /// <summary>All bars in order of time; the same date in two files is a repeated row where the values agree, else a duplicate date.</summary>
    internal static BarSeries Join(BarSeries[] parts, DefectLog log)
    {
        var ordered = parts.Where(part => part.Count > 0).OrderBy(part => part.Ticks[0]).ToArray();
        if (ordered.Length < 2) return ordered.Length == 1 ? ordered[0] : parts[0];
        var (count, hasRange, hasVolume) = (ordered.Sum(part => part.Count), ordered.Any(part => part.HasOpenHighLow), ordered.Any(part => part.HasVolume));
        double[] Column(Func<BarSeries, double[]> column) =>
            [.. ordered.SelectMany(part => column(part) is { Length: > 0 } values ? values.Take(part.Count) : Enumerable.Repeat(double.NaN, part.Count))];
        var joined = new BarSeries(parts[0].Symbol, parts[0].Sources[0], hasRange, hasVolume, 0)
        {
            Sources = [.. ordered.Select(part => part.Sources[0])], Count = count,
            Ticks = [.. ordered.SelectMany(part => part.Ticks.Take(part.Count))], Offsets = [.. ordered.SelectMany(part => part.Offsets.Take(part.Count))],
            SourceOf = [.. ordered.SelectMany((part, i) => Enumerable.Repeat(i, part.Count))],
            Close = Column(part => part.Close), Volume = hasVolume ? Column(part => part.Volume) : [],
            Open = hasRange ? Column(part => part.Open) : [], High = hasRange ? Column(part => part.High) : [], Low = hasRange ? Column(part => part.Low) : [],
        };

        // Overlapping files are no disorder of the rows: sort without a word, then settle what stands twice.
        return SeriesOrder.Sort(joined.Pick([.. Enumerable.Range(0, count).OrderBy(i => joined.Ticks[i]).ThenBy(i => i)]), log);
    }
}

namespace QuantGrad.MarketData;

/// <summary>Bars that come in a request rather than in a file: the same reading, the same checks, the same alignment.</summary>
internal static class PostedBars
{
    /// <summary>A CSV text of any layout that files may have, uncompressed UTF-8.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="PriceDataException">A defect that refuses the data; the first one with its line.</exception>
    public static Panel FromCsv(ReadOnlySpan<byte> utf8, string name)
    {
        var log = new DefectLog();
        var read = PriceReader.Read(new PriceText(name, utf8.ToArray(), "none", "UTF-8", () => ""), log).Series;
        var sorted = read.Select(one => SeriesOrder.Sort(one, log)).ToArray();
        // The newest bar is what an answer is about: it is not left out as it is of a file.
        if (log.ToList().FirstOrDefault(defect => defect.Code == DefectCodes.PartialLastLine) is { } cut)
            throw new PriceDataException(FormattableString.Invariant($"{name}:{cut.Line}: the last line breaks off; end it with a line's end, and give its numbers as many cells and decimals as the lines before it. [{cut.Code}]"));
        foreach (var one in sorted) BarStamps.ToDates(one, log);
        return Align(sorted, log);
    }

    /// <summary>Bars of each symbol, read already.</summary>
    /// <param name="series">One a symbol.</param>
    /// <param name="log">What was met while reading.</param>
    /// <exception cref="PriceDataException">A defect that refuses the data.</exception>
    public static Panel Align(IReadOnlyList<BarSeries> series, DefectLog log)
    {
        var sorted = series.Select(one => SeriesOrder.Sort(one, log)).Where(one => one.Count > 0).ToArray();
        foreach (var one in sorted) SeriesChecks.CheckBars(one, log);
        CommonCalendar.Check(sorted, log);
        if (log.ToList().FirstOrDefault(defect => defect.Policy == DefectPolicy.Fail) is { } refused) throw new PriceDataException(refused.ToString());
        return PanelBuilder.Align(sorted);
    }
}

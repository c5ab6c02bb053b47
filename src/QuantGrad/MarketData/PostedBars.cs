namespace QuantGrad.MarketData;

/// <summary>Bars that come in a request rather than in a file: the same reading, the same checks, the same alignment.</summary>
/// <param name="Panel">The bars.</param>
/// <param name="Defects">What is suspicious, and what was repaired: warnings only.</param>
internal sealed record PostedBars(Panel Panel, IReadOnlyList<Defect> Defects)
{
    /// <summary>A CSV text of any layout that files may have, uncompressed UTF-8. A layout of one symbol, which a file's name would tell, is of the only one that is known.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="known">The symbols that the bars may be of, for that layout.</param>
    /// <exception cref="PriceDataException">A defect that refuses the data, the first one with its line; or nothing says which symbol the bars are of.</exception>
    public static PostedBars FromCsv(ReadOnlySpan<byte> utf8, string name, IReadOnlyList<string> known)
    {
        var log = new DefectLog();
        var file = PriceReader.Read(new PriceText(name, utf8.ToArray(), "none", "UTF-8", () => "") { Symbol = known is [var only] ? only : null }, log);
        if (file.Format?.Shape == PriceShape.Single && known.Count != 1)
            throw new PriceDataException($"{name}: no column names the symbol, and the model has {known.Count} of them; expected a header such as date,symbol,close.");
        // The newest bar is what an answer is about: it is not left out as it is of a file.
        if (log.ToList().FirstOrDefault(defect => defect.Code == DefectCodes.PartialLastLine) is { } cut)
            throw new PriceDataException(FormattableString.Invariant($"{name}:{cut.Line}: the last line breaks off; end it with a line's end, and give its numbers as many cells and decimals as the lines before it. [{cut.Code}]"));
        var sorted = file.Series.Select(one => SeriesOrder.Sort(one, log)).ToArray();
        foreach (var one in sorted) BarStamps.ToDates(one, log);
        return Align(sorted, log);
    }

    /// <summary>Bars of each symbol, read already.</summary>
    /// <param name="series">One a symbol.</param>
    /// <param name="log">What was met while reading.</param>
    /// <exception cref="PriceDataException">A defect that refuses the data.</exception>
    public static PostedBars Align(IReadOnlyList<BarSeries> series, DefectLog log)
    {
        var sorted = series.Select(one => SeriesOrder.Sort(one, log)).Where(one => one.Count > 0).ToArray();
        foreach (var one in sorted) SeriesChecks.CheckBars(one, log);
        CommonCalendar.Check(sorted, log);
        var defects = log.ToList();
        if (defects.FirstOrDefault(defect => defect.Policy == DefectPolicy.Fail) is { } refused) throw new PriceDataException(refused.ToString());
        return new PostedBars(PanelBuilder.Align(sorted), defects);
    }
}

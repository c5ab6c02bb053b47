namespace QuantGrad.MarketData;

/// <summary>Bars that come in a request rather than in a file: the same reading, the same checks, the same alignment.</summary>
internal static class PostedBars
{
    /// <summary>A CSV text of any layout that files may have, uncompressed UTF-8. A layout of one symbol, which a file's name would tell, is of the only one that is known.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="known">The symbols that the bars may be of, for that layout.</param>
    /// <exception cref="PriceDataException">A defect that refuses the data, the first one with its line; or nothing says which symbol the bars are of.</exception>
    public static Panel FromCsv(ReadOnlySpan<byte> utf8, string name, IReadOnlyList<string> known)
    {
        var log = new DefectLog();
        var file = PriceReader.Read(new PriceText(name, utf8.ToArray(), "none", "UTF-8", () => "") { Symbol = known is [var only] ? only : null }, log);
        if (file.Format?.Shape == PriceShape.Single && known.Count != 1)
            throw new PriceDataException($"{name}: no column names the symbol, and the model has {known.Count} of them; expected a header such as date,symbol,close.");
        return Align(file.Series, log);
    }

    /// <summary>Bars of each symbol, read already.</summary>
    /// <param name="series">One a symbol.</param>
    /// <param name="log">What was met while reading.</param>
    /// <exception cref="PriceDataException">A defect that refuses the data.</exception>
    public static Panel Align(IReadOnlyList<BarSeries> series, DefectLog log)
    {
        var sorted = series.Select(one => SeriesOrder.Sort(one, log)).Where(one => one.Count > 0).ToArray();
        foreach (var one in sorted) SeriesChecks.CheckBars(one, log);
        if (log.ToList().FirstOrDefault(defect => defect.Policy == DefectPolicy.Fail) is { } refused) throw new PriceDataException(refused.ToString());
        return PanelBuilder.Align(sorted);
    }
}

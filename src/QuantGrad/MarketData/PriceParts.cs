namespace QuantGrad.MarketData;

/// <summary>
/// Reads a large file of one symbol in parts on all processors. Only clean files: at the first defect, or where a line is blank, the whole file is
/// read again from its beginning by the plain reader, so that what is said never depends on the number of processors.
/// </summary>
internal static class PriceParts
{
    /// <summary>Files below this many bytes are read whole.</summary>
    internal const int SmallestFile = 4 << 20;

    /// <summary>The bars, or null where the file has to be read the plain way.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="format">Its layout.</param>
    /// <param name="parts">How many; 0 for parts of <see cref="SmallestFile"/>, enough to keep every processor busy to the end.</param>
    internal static BarSeries? TryRead(PriceText text, PriceFormat format, int parts = 0)
    {
        if (parts == 0) parts = Environment.ProcessorCount == 1 ? 1 : Math.Min(256, text.Utf8.Length / SmallestFile);
        if (parts < 2 || format.Shape != PriceShape.Single || text.Utf8[^1] != '\n') return null;
        var begins = Cut(text.Utf8, parts);
        var rows = new int[parts + 1];
        Parallel.For(0, parts, part => rows[part + 1] = text.Utf8.AsSpan(begins[part]..begins[part + 1]).Count((byte)'\n'));
        if (format.Header.Count > 0) rows[1]--;
        for (var part = 0; part < parts; part++) rows[part + 1] += rows[part];
        if (rows[1] < 0) return null;

        var source = new BarSource(text.Path, text.Lines);
        var whole = new BarSeries(text.Symbol ?? SymbolNames.OfFile(text.Path, format.Source), source, format.HasOpenHighLow, format.HasVolume, rows[parts]) { Count = rows[parts], StampsOpen = format.StampsOpen };
        var isClean = new bool[parts];
        Parallel.For(0, parts, part =>
        {
            var (log, view) = (new DefectLog(), whole.ViewFrom(rows[part]));
            PriceReader.ReadPart(text, format, begins[part], begins[part + 1], view, log);
            isClean[part] = view.Count == rows[part + 1] && log.IsEmpty;
        });
        return Array.TrueForAll(isClean, one => one) ? whole : null;
    }

    private static int[] Cut(byte[] text, int parts)
    {
        var begins = new int[parts + 1];
        begins[parts] = text.Length;
        for (var part = 1; part < parts; part++)
        {
            var at = (int)((long)text.Length * part / parts);
            begins[part] = Math.Max(begins[part - 1], at + text.AsSpan(at).IndexOf((byte)'\n') + 1);
        }

        return begins;
    }
}

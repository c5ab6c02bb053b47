namespace QuantGrad.MarketData.Caching;

/// <summary>What an entry of the cache holds.</summary>
/// <param name="Build">The build that wrote it; another build reads and checks differently.</param>
/// <param name="Stamp">The price file's length and time of change.</param>
/// <param name="Sha256">The price file's hash.</param>
/// <param name="Format">Its layout.</param>
/// <param name="Defects">What was found wrong with it.</param>
/// <param name="Series">The symbols, in the order of the columns.</param>
internal sealed record BarStoreMeta(string Build, FileStamp Stamp, string Sha256, PriceFormat Format, Defect[] Defects, SeriesMeta[] Series)
{
    /// <summary>This build of the library.</summary>
    internal static string ThisBuild { get; } = typeof(BarStoreMeta).Module.ModuleVersionId.ToString();
}

/// <summary>The columns of one symbol: times (8 bytes a bar), places in the file (4), then prices (8 each); a checksum of 8 bytes after each column.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Count">The number of bars.</param>
/// <param name="HasOpenHighLow">Whether open, high and low follow the close.</param>
/// <param name="HasVolume">Whether the volume follows.</param>
internal sealed record SeriesMeta(string Symbol, int Count, bool HasOpenHighLow, bool HasVolume)
{
    /// <summary>The bytes of all columns.</summary>
    internal long Bytes => ColumnBegin(3 + (HasOpenHighLow ? 3 : 0) + (HasVolume ? 1 : 0));

    /// <summary>Where a column begins, from the symbol's first byte.</summary>
    internal long ColumnBegin(int column) => (8L * column) + (8L * Count * (column < 2 ? column : column - 1)) + (column < 2 ? 0 : 4L * Count);
}

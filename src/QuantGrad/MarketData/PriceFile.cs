namespace QuantGrad.MarketData;

/// <summary>One price file, read: its symbols' bars in the file's order, its layout and what was wrong with it.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Format">The layout; null where it was not recognised.</param>
/// <param name="Series">The bars of each symbol.</param>
/// <param name="Hash">Computes the SHA-256 of the file as it lies on the disk.</param>
internal sealed record PriceFile(string Path, PriceFormat? Format, IReadOnlyList<BarSeries> Series, Func<string> Hash);

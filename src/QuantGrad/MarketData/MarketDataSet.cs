namespace QuantGrad.MarketData;

/// <summary>Prices ready for use, with what was found out and wrong about them.</summary>
/// <param name="Panel">All symbols on one calendar.</param>
/// <param name="Defects">What was found and what was done about it; empty for clean data.</param>
/// <param name="Sampling">The bar interval and the periods per year.</param>
/// <param name="Files">The files in the order in which they were read.</param>
public sealed record MarketDataSet(Panel Panel, IReadOnlyList<Defect> Defects, Sampling Sampling, IReadOnlyList<MarketDataFile> Files)
{
    /// <summary>What went otherwise than usual without touching the data, such as a folder that the cache cannot be written to.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    private readonly Lazy<string> _sha256 = new(() => MarketDataFile.HashOf(Files));

    /// <summary>
    /// The hash of the data used: of one file what <c>sha256sum FILE</c> prints, of several what <c>sha256sum FILE… | sha256sum</c> prints
    /// with the files' bare names in this order. It is computed on the first call, from the bytes that were read.
    /// </summary>
    public string Sha256 => _sha256.Value;

    /// <summary>How many findings have this policy, those that are only counted among them.</summary>
    public int Findings(DefectPolicy policy) => Defects.Where(defect => defect.Policy == policy).Sum(defect => defect.Findings);

    /// <summary>Each symbol's life and holes, in the panel's order.</summary>
    public IReadOnlyList<SymbolSummary> Symbols()
    {
        var gaps = Defects.Where(defect => defect.Code == DefectCodes.Gap).GroupBy(defect => defect.Symbol, StringComparer.Ordinal)
            .ToDictionary(gap => gap.Key, gap => gap.Sum(defect => defect.Findings), StringComparer.Ordinal);
        return [.. Enumerable.Range(0, Panel.Assets).Select(asset =>
        {
            var close = Panel.Close[asset];
            int first = Array.FindIndex(close, price => !double.IsNaN(price)), last = Array.FindLastIndex(close, price => !double.IsNaN(price));
            var bars = close.Count(price => !double.IsNaN(price));
            return new SymbolSummary(Panel.Symbols[asset], Panel.Dates[first], Panel.Dates[last], bars, last - first + 1 - bars, gaps.GetValueOrDefault(Panel.Symbols[asset]));
        })];
    }

    /// <summary>The usual distance of two bars.</summary>
    public TimeSpan BarInterval => Sampling.Interval;

    /// <summary>A, the number of bars in a year.</summary>
    public double PeriodsPerYear => Sampling.PeriodsPerYear;
}

/// <summary>One price file as it was read.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Format">The layout; null where it was not recognised.</param>
/// <param name="Symbols">Its symbols in the file's order.</param>
/// <param name="Rows">How many bars were read.</param>
/// <param name="Hash">The SHA-256 of the file as it lies on the disk, computed when it is asked for, in lower-case hexadecimal digits.</param>
public sealed record MarketDataFile(string Path, PriceFormat? Format, IReadOnlyList<string> Symbols, int Rows, Lazy<string> Hash)
{
    internal static string HashOf(IReadOnlyList<MarketDataFile> files)
    {
        if (files.Count == 1) return files[0].Hash.Value;
        var lines = string.Concat(files.Select(file => $"{file.Hash.Value}  {System.IO.Path.GetFileName(file.Path)}\n"));
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(lines)));
    }
}

/// <summary>One symbol of a set.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="First">Its first bar.</param>
/// <param name="Last">Its last bar.</param>
/// <param name="Bars">How many bars it has.</param>
/// <param name="Missing">How many of the calendar's dates between first and last it has no bar on.</param>
/// <param name="Gaps">How many stretches without bars are longer than a market's breaks.</param>
public sealed record SymbolSummary(string Symbol, DateTime First, DateTime Last, int Bars, int Missing, int Gaps);

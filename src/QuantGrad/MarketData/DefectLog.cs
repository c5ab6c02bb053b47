using System.Globalization;

namespace QuantGrad.MarketData;

/// <summary>Where a bar stands.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Line">The 1-based line; 0 for the whole file.</param>
/// <param name="Symbol">The symbol; empty for the whole file.</param>
/// <param name="Date">The bar's time, where it is known.</param>
internal readonly record struct BarPlace(string File, int Line = 0, string Symbol = "", DateTime? Date = null);

/// <summary>Collects defects; after <see cref="Limit"/> of one code, file and symbol the rest is counted, not listed.</summary>
internal sealed class DefectLog
{
    /// <summary>The most defects of one code, file and symbol that are listed one by one.</summary>
    internal const int Limit = 100;

    private readonly List<Defect> _defects = [];
    private readonly Dictionary<(string Code, string File, string Symbol), (int Count, int Line)> _counts = [];

    /// <summary>Whether nothing was noted.</summary>
    internal bool IsEmpty => _defects.Count == 0;

    /// <summary>Notes one defect; its policy is that of its code.</summary>
    internal void Add(string code, BarPlace place, string message, int count = 1)
    {
        var key = (code, place.File, place.Symbol);
        var seen = _counts.GetValueOrDefault(key).Count + 1;
        _counts[key] = (seen, place.Line);
        if (seen <= Limit) _defects.Add(new Defect(code, DefectCodes.PolicyOf(code), place.File, place.Line, place.Symbol, place.Date, message, count));
    }

    /// <summary>Notes one defect whose sentence holds numbers.</summary>
    internal void Add(string code, BarPlace place, FormattableString message, int count = 1) => Add(code, place, message.ToString(CultureInfo.InvariantCulture), count);

    /// <summary>Takes over defects that were found before.</summary>
    internal void AddKnown(IEnumerable<Defect> defects) => _defects.AddRange(defects);

    /// <summary>All defects by file and line, the uncounted rest as one of each code.</summary>
    internal IReadOnlyList<Defect> ToList()
    {
        var rest = _counts.Where(entry => entry.Value.Count > Limit).Select(entry => new Defect(
            entry.Key.Code, DefectCodes.PolicyOf(entry.Key.Code), entry.Key.File, entry.Value.Line, entry.Key.Symbol, null,
            string.Create(CultureInfo.InvariantCulture, $"there are {entry.Value.Count - Limit} more of the same up to this line."), entry.Value.Count - Limit)
        { Findings = entry.Value.Count - Limit });
        return [.. _defects.Concat(rest).OrderBy(defect => defect.File, StringComparer.Ordinal).ThenBy(defect => defect.Line).ThenBy(defect => defect.Code, StringComparer.Ordinal)];
    }
}

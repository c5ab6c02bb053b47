using System.Globalization;

namespace QuantGrad.MarketData;

/// <summary>Collects the defects of one file; after <see cref="Limit"/> of one code and symbol the rest is counted, not listed.</summary>
/// <param name="file">The path as it was given.</param>
internal sealed class DefectLog(string file)
{
    /// <summary>The most defects of one code and symbol that are listed one by one.</summary>
    internal const int Limit = 100;

    private readonly List<Defect> _defects = [];
    private readonly Dictionary<(string Code, string Symbol), (int Count, int Line)> _counts = [];

    /// <summary>How many defects that refuse the data were met, listed or not.</summary>
    internal int Failures { get; private set; }

    /// <summary>Notes one defect.</summary>
    internal void Add(string code, int line, string symbol, DateTime? date, string message, int count = 1)
    {
        var policy = DefectCodes.PolicyOf(code);
        if (policy == DefectPolicy.Fail) Failures++;
        var key = (code, symbol);
        var seen = _counts.GetValueOrDefault(key).Count + 1;
        _counts[key] = (seen, line);
        if (seen <= Limit) _defects.Add(new Defect(code, policy, file, line, symbol, date, message, count));
    }

    /// <summary>All defects by line, the uncounted rest as one of each code.</summary>
    internal IReadOnlyList<Defect> ToList()
    {
        var rest = _counts.Where(entry => entry.Value.Count > Limit).Select(entry => new Defect(
            entry.Key.Code, DefectCodes.PolicyOf(entry.Key.Code), file, entry.Value.Line, entry.Key.Symbol, null,
            string.Create(CultureInfo.InvariantCulture, $"{entry.Value.Count - Limit} more of the same up to this line."), entry.Value.Count - Limit));
        return [.. _defects.Concat(rest).OrderBy(defect => defect.Line).ThenBy(defect => defect.Code, StringComparer.Ordinal)];
    }
}

using System.Globalization;
using QuantGrad.Accounting;

namespace QuantGrad.Reporting;

/// <summary>
/// The configurations that a strategy's owner could have picked from: the members of this run, and the runs of its other settings that the program has kept,
/// read from their <c>equity.csv</c>, all on the dates that they share.
/// </summary>
internal static class SettingReturns
{
    /// <summary>A run that shares fewer of the dates than this is left out: it was made on other data.</summary>
    private const double LeastShare = 0.5;

    /// <summary>Net returns by configuration and date.</summary>
    /// <param name="books">This run's books.</param>
    /// <param name="members">Net returns of its members, one a row of the books.</param>
    /// <param name="folders">Runs of other settings.</param>
    public static double[][] Of(Ledger books, double[][] members, IReadOnlyList<string> folders)
    {
        string[] dates = [.. books.Dates.Select(RunFiles.Dates(books.Dates))];
        var others = folders.Select(Read).Where(returns => dates.Count(returns.ContainsKey) >= LeastShare * dates.Length).ToArray();
        if (others.Length == 0) return members;
        var rows = Enumerable.Range(0, dates.Length).Where(row => Array.TrueForAll(others, returns => returns.ContainsKey(dates[row]))).ToArray();
        return
        [
            .. members.Select(returns => Array.ConvertAll(rows, row => returns[row])),
            .. others.Select(returns => Array.ConvertAll(rows, row => returns[dates[row]])),
        ];
    }

    private static Dictionary<string, double> Read(string folder)
    {
        var returns = new Dictionary<string, double>(StringComparer.Ordinal);
        var file = Path.Combine(folder, "equity.csv");
        if (!File.Exists(file)) return returns;
        var lines = File.ReadLines(file).Select(line => line.Split(',')).ToArray();
        var column = Array.IndexOf(lines[0], "net_return");
        foreach (var cells in lines.Skip(1).Where(cells => column > 0 && cells.Length == lines[0].Length))
            if (double.TryParse(cells[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) returns[cells[0]] = value;
        return returns;
    }
}

using System.Text;
using CsvHelper;
using QuantGrad.MarketData;

namespace QuantGrad.Metrics.Checking;

/// <summary>The cells of a small CSV file, and how they read as numbers and dates.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Header">The column titles; empty where the first row is data.</param>
/// <param name="Rows">The rows below the header.</param>
internal sealed record ReturnsTable(string Name, string[] Header, IReadOnlyList<string[]> Rows)
{
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>The number of columns.</summary>
    public int Width => Header.Length > 0 ? Header.Length : Rows.Count == 0 ? 0 : Rows[0].Length;

    /// <summary>Reads the table; the separator is the one that the first line has most of, blanks where it has only numbers.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="text">UTF-8.</param>
    /// <exception cref="PriceDataException">There is nothing in it.</exception>
    public static ReturnsTable Read(string name, byte[] text)
    {
        var end = Array.IndexOf(text, (byte)'\n');
        var first = Encoding.UTF8.GetString(text, 0, end < 0 ? text.Length : end);
        var rows = new List<string[]>();
        var separator = Separators.MaxBy(candidate => first.Count(c => c == candidate));
        if (!first.Contains(separator, StringComparison.Ordinal) && !first.Any(char.IsLetter)) separator = ' ';
        var options = new CsvReaderOptions { Separator = separator, HasHeader = false, DetectSeparatorHint = false, TrimWhitespace = true };
        using (var reader = CsvReader.Create(text, options))
            while (reader.Read())
                if (reader.Current.ToArray() is var cells && cells.Any(cell => cell.Length > 0)) rows.Add(cells);
        if (rows.Count == 0) throw new PriceDataException($"{name} is empty; expected a column of returns");

        // Numbers in one line are a column that lies down.
        var line = Array.FindAll(rows[0], cell => cell.Length > 0);
        if (rows.Count == 1 && line.Length > 2 && Array.TrueForAll(line, cell => TryNumber(cell, out _))) rows = [.. line.Select(cell => new[] { cell })];

        // A first row with a number in it is data; pandas, though, titles a nameless index "" and a nameless column 0.
        var isPandas = rows.Count > 1 && rows[0][0].Length == 0 && rows[1][0].Length > 0;
        var isData = !isPandas && rows[0].Any(cell => TryNumber(cell, out _));
        return isData ? new(name, [], rows) : new(name, rows[0], rows[1..]);
    }

    /// <summary>The line of a row in the file, as an editor counts (blank lines aside).</summary>
    public int Line(int row) => row + (Header.Length > 0 ? 2 : 1);

    /// <summary>What to call a column in a message.</summary>
    public string Title(int column) => Header.Length > 0 ? Header[column] : FormattableString.Invariant($"column {column + 1}");

    /// <summary>A cell; empty where the row is short.</summary>
    public string Cell(int row, int column) => column < Rows[row].Length ? Rows[row][column] : "";

    /// <summary>Whether a cell says that there is no value.</summary>
    public bool IsEmpty(int row, int column) => NumberText.IsNull(Encoding.UTF8.GetBytes(Cell(row, column)));

    /// <summary>A cell as a number (a percent sign divides by 100), or null.</summary>
    public double? Number(int row, int column) => TryNumber(Cell(row, column), out var value) ? value : null;

    /// <summary>Whether every cell of a column that is not empty is a number, and some are not empty.</summary>
    public bool IsNumeric(int column) =>
        Enumerable.Range(0, Rows.Count).All(row => IsEmpty(row, column) || Number(row, column) is not null)
        && Enumerable.Range(0, Rows.Count).Any(row => !IsEmpty(row, column));

    /// <summary>A cell as a date in the given style, or null.</summary>
    public DateTime? Date(int row, int column, DateStyle style) =>
        DateText.TryParse(Encoding.UTF8.GetBytes(Cell(row, column)), style, out var ticks) ? new DateTime(ticks, DateTimeKind.Utc) : null;

    private static bool TryNumber(string cell, out double value)
    {
        var isPercent = cell.EndsWith('%');
        var isNumber = NumberText.TryParse(Encoding.UTF8.GetBytes(isPercent ? cell[..^1].TrimEnd() : cell), NumberStyle.Invariant, out value);
        if (isPercent) value /= 100;
        return isNumber;
    }
}

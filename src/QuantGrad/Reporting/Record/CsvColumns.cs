using System.Globalization;
using CsvHelper;

namespace QuantGrad.Reporting.Record;

/// <summary>A CSV file of a run's folder, as text by column name. The file was written by this program, so a defect means damage.</summary>
internal sealed class CsvColumns
{
    private readonly Dictionary<string, List<string>> columns = new(StringComparer.Ordinal);

    private CsvColumns(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The number of rows below the header.</summary>
    public int Rows { get; private set; }

    /// <summary>The names of the columns, in the file's order.</summary>
    public List<string> Names { get; } = [];

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">The file cannot be read as CSV.</exception>
    public static CsvColumns Read(string path)
    {
        var table = new CsvColumns(path);
        try
        {
            using var reader = CsvReader.FromFile(path, CsvReaderOptions.Default with { PoolStrings = true });
            reader.ReadHeader();
            table.Names.AddRange(reader.Headers);
            var cells = table.Names.ConvertAll(name => table.columns[name] = []);
            while (reader.Read())
            {
                for (var at = 0; at < cells.Count; at++) cells[at].Add(reader.GetString(at));
                table.Rows++;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CsvFormatException or ArgumentException or InvalidOperationException)
        {
            throw new UsageException($"{path}: cannot be read as CSV ({fault.Message}); run the strategy again, or give another run's folder.", fault);
        }

        return table;
    }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string name) => columns.ContainsKey(name);

    /// <summary>The cells of a column.</summary>
    /// <exception cref="UsageException">There is no such column.</exception>
    public List<string> Text(string name) =>
        columns.TryGetValue(name, out var cells) ? cells
            : throw new UsageException($"{Path}: there is no column '{name}'; it has {string.Join(", ", Names)}.");

    /// <summary>The numbers of a column; an empty cell is NaN.</summary>
    /// <exception cref="UsageException">A cell is not a number.</exception>
    public double[] Numbers(string name)
    {
        var cells = Text(name);
        var numbers = new double[cells.Count];
        for (var row = 0; row < numbers.Length; row++)
            numbers[row] = cells[row].Length == 0 ? double.NaN
                : double.TryParse(cells[row], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                : throw new UsageException($"{Path}, line {row + 2}: '{cells[row]}' in column '{name}' is not a number.");
        return numbers;
    }

    /// <summary>The dates of a column; an empty cell is null.</summary>
    /// <exception cref="UsageException">A cell is not an ISO 8601 date.</exception>
    public DateTime?[] Dates(string name)
    {
        var cells = Text(name);
        var dates = new DateTime?[cells.Count];
        for (var row = 0; row < dates.Length; row++)
        {
            if (cells[row].Length == 0) continue;
            if (!DateTime.TryParse(cells[row], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
                throw new UsageException($"{Path}, line {row + 2}: '{cells[row]}' in column '{name}' is not a date such as 2024-03-28.");
            dates[row] = date;
        }

        return dates;
    }

    /// <summary>The dates of a column in which every row has one.</summary>
    public DateTime[] AllDates(string name)
    {
        var dates = Dates(name);
        var missing = Array.FindIndex(dates, date => date is null);
        return missing < 0 ? Array.ConvertAll(dates, date => date!.Value) : throw new UsageException($"{Path}, line {missing + 2}: the date is missing.");
    }
}

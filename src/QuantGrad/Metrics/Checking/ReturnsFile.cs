using System.Text;
using QuantGrad.MarketData;

namespace QuantGrad.Metrics.Checking;

/// <summary>Anybody's return series, read from CSV: a column of returns, a column of dates where there is one.</summary>
/// <param name="Name">The path, or "standard input".</param>
/// <param name="Column">The column that the returns were read from; empty where the file has no header.</param>
/// <param name="Dates">The dates, <c>[T]</c>, or null.</param>
/// <param name="Returns">Simple returns as fractions, <c>[T]</c>.</param>
/// <param name="PeriodsPerYear">A as the dates show it; 252 where there are none.</param>
/// <param name="Notes">What a reader should know about how the file was read.</param>
public sealed record ReturnsFile(string Name, string Column, DateTime[]? Dates, double[] Returns, double PeriodsPerYear, IReadOnlyList<string> Notes)
{
    private static readonly string[] Names =
    [
        "net_return", "net_returns", "return", "returns", "ret", "rets", "daily_return", "daily_returns", "monthly_return", "strategy_return", "strategy",
    ];

    private static readonly DateStyle[] Styles =
    [
        new(DateOrder.YearMonthDay), new(DateOrder.Compact), new(DateOrder.MonthDayYear), new(DateOrder.DayMonthYear), new(DateOrder.MonthName),
        new(DateOrder.Epoch),
    ];

    /// <summary>Reads a file (plain, gzip or zip).</summary>
    /// <param name="path">The CSV file.</param>
    /// <param name="column">The column with the returns; null to find it.</param>
    /// <exception cref="PriceDataException">The file is missing or a cell is wrong.</exception>
    /// <exception cref="UsageException">It is not clear which column holds the returns.</exception>
    public static ReturnsFile Read(string path, string? column = null) => Parse(path, PriceText.Read(path).Utf8, column);

    /// <summary>Reads a stream to its end, such as standard input.</summary>
    /// <param name="stream">UTF-8 text.</param>
    /// <param name="column">The column with the returns; null to find it.</param>
    /// <exception cref="PriceDataException">A cell is wrong.</exception>
    /// <exception cref="UsageException">It is not clear which column holds the returns.</exception>
    public static ReturnsFile Read(Stream stream, string? column = null)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        return Parse("standard input", bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes, column);
    }

    private static ReturnsFile Parse(string name, byte[] text, string? wanted)
    {
        var table = ReturnsTable.Read(name, text);
        var dateColumn = DateColumn(table);
        var column = ReturnColumn(table, wanted, dateColumn);
        var notes = new List<string>();
        var values = new List<double>();
        var kept = new List<int>();
        var leading = 0;
        for (var row = 0; row < table.Rows.Count; row++)
        {
            if (table.IsEmpty(row, column) && values.Count == 0)
            {
                leading++;
                continue;
            }

            values.Add(table.Number(row, column) ?? throw new PriceDataException(
                $"{name}, line {table.Line(row)}: '{table.Cell(row, column)}' in {table.Title(column)} is not a return; expected a fraction such as 0.0123 (1.23%)"));
            kept.Add(row);
        }

        if (values.Count == 0) throw new PriceDataException(table.Rows.Count == 0
            ? $"{name} has no returns; expected one row for each bar below the header"
            : $"{name}: {table.Title(column)} is empty in all {table.Rows.Count} rows; line {table.Line(0)} reads '{string.Join(' ', table.Rows[0])}', "
            + "expected values divided by comma, semicolon, tab or |");
        if (LooksLikeLevels(values)) throw new PriceDataException(FormattableString.Invariant(
            $"{name}: {table.Title(column)} goes from {values[0]:0.####} to {values[^1]:0.####} in small steps and never reaches 0, as prices or an equity do; ")
            + "expected returns as fractions (0.01 is 1%), each value over the one before it less 1");
        if (leading > 0) notes.Add(leading == 1 ? "the first row has no return yet and is left out" : $"the first {leading} rows have no return yet and are left out");
        if (values.Find(value => Math.Abs(value) > 1) is var large && large != 0)
            notes.Add(FormattableString.Invariant(
                $"a return of {large:0.###} is {large:0%}: returns are fractions (0.01 is 1%); divide by 100 if these are percentages"));
        var dates = dateColumn < 0 ? null : ParseDates(table, dateColumn, kept);
        if (dates is null) notes.Add("there are no dates: 252 bars a year are taken; --periods-per-year sets another number");
        var periods = dates is null ? 252 : Sampling.Of(Array.ConvertAll(dates, date => date.Ticks)).PeriodsPerYear;
        return new ReturnsFile(name, table.Header.Length == 0 ? "" : table.Header[column], dates, [.. values], periods, notes);
    }

    // No account gains half its size at one bar and nearly as much at the next, never losing: such a column is a level, whose Sharpe ratio would be believed.
    private static bool LooksLikeLevels(List<double> values) =>
        values.Count > 2 && values.TrueForAll(value => value > 0) && values.Max() > 0.5
        && Enumerable.Range(1, values.Count - 1).Count(i => Math.Abs(values[i] / values[i - 1] - 1) < 0.2) > 0.9 * (values.Count - 1);

    private static int DateColumn(ReturnsTable table)
    {
        var named = Array.FindIndex(table.Header, title => Plain(title) is "date" or "datetime" or "timestamp" or "time" or "day" or "month");
        if (named >= 0) return named;
        if (table.Rows.Count == 0) return -1;
        bool LooksLikeDates(int column) => !table.IsNumeric(column) && Array.Exists(Styles[..^1], style => table.Date(0, column, style) is not null);
        return Enumerable.Range(0, table.Width).FirstOrDefault(LooksLikeDates, -1);
    }

    private static int ReturnColumn(ReturnsTable table, string? wanted, int dateColumn)
    {
        if (wanted is not null)
        {
            var chosen = Array.FindIndex(table.Header, title => title.Equals(wanted, StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0) return chosen;
            throw new UsageException($"{table.Name} has no column '{wanted}'{(NearestName.Hint(wanted, table.Header) is { Length: > 0 } hint ? hint : ".")} Its columns are {string.Join(", ", table.Header)}.");
        }

        foreach (var name in Names)
        {
            var known = Array.FindIndex(table.Header, title => string.Equals(Plain(title), name, StringComparison.Ordinal));
            if (known >= 0) return known;
        }

        var numeric = Enumerable.Range(0, table.Width).Where(column => column != dateColumn && table.IsNumeric(column)).ToArray();
        if (numeric.Length == 1) return numeric[0];
        throw new UsageException(numeric.Length == 0
            ? $"{table.Name} has no column of numbers; expected a column named return, returns or net_return"
            : $"{table.Name} has {numeric.Length} columns of numbers ({string.Join(", ", numeric.Take(8).Select(table.Title))}) "
            + "and none is named return, returns or net_return; choose one with --column");
    }

    // The first style that reads every date and leaves them in order.
    private static DateTime[] ParseDates(ReturnsTable table, int column, List<int> rows)
    {
        foreach (var style in Styles)
        {
            var dates = rows.ConvertAll(row => table.Date(row, column, style));
            if (dates.TrueForAll(date => date is not null) && Enumerable.Range(1, dates.Count - 1).All(i => dates[i] > dates[i - 1]))
                return [.. dates.Select(date => date!.Value)];
        }

        var read = Array.Find(Styles, style => rows.TrueForAll(row => table.Date(row, column, style) is not null));
        bool IsWrong(int row) => table.Date(row, column, read) is not { } date || (row > rows[0] && date <= table.Date(row - 1, column, read));
        var wrong = rows.Find(IsWrong);
        var fault = table.Date(wrong, column, read) is null ? "cannot be read"
            : table.Date(wrong, column, read) == table.Date(wrong - 1, column, read) ? "stands there twice" : $"stands below the later '{table.Cell(wrong - 1, column)}'";
        throw new PriceDataException($"{table.Name}, line {table.Line(wrong)}: the date '{table.Cell(wrong, column)}' {fault}; expected dates such as 2024-03-28, each later than the last");
    }

    private static string Plain(string title) => title.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}

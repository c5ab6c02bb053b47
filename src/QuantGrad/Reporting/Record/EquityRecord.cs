namespace QuantGrad.Reporting.Record;

/// <summary>The columns of <c>equity.csv</c>: out of sample, one row a date.</summary>
/// <param name="Dates">Dates, strictly increasing.</param>
/// <param name="Folds">The fold whose decision a row is the outcome of.</param>
/// <param name="Gross">Gross return.</param>
/// <param name="Cost">Cost as a fraction of equity.</param>
/// <param name="Net">Net return.</param>
/// <param name="Equity">Growth of 1.</param>
/// <param name="Drawdown">equity/peak − 1.</param>
/// <param name="Turnover">Σ|Δw|.</param>
internal sealed record EquityRecord(
    DateTime[] Dates, string[] Folds, double[] Gross, double[] Cost, double[] Net, double[] Equity, double[] Drawdown, double[] Turnover)
{
    /// <summary>T, the number of rows.</summary>
    public int Rows => Dates.Length;

    /// <summary>The columns of a file.</summary>
    public static EquityRecord Of(CsvColumns table) => new(
        table.AllDates("date"), [.. table.Text("fold")], table.Numbers("gross_return"), table.Numbers("cost"), table.Numbers("net_return"),
        table.Numbers("equity"), table.Numbers("drawdown"), table.Numbers("turnover"));

    /// <summary>The rows on which a fold begins, without the first.</summary>
    public int[] Seams() => [.. Enumerable.Range(1, Math.Max(0, Rows - 1)).Where(row => Folds[row] != Folds[row - 1])];

    /// <summary>A date as days since 1970, with its fraction.</summary>
    public static double Day(DateTime date) => (date - DateTime.UnixEpoch).TotalDays;
}

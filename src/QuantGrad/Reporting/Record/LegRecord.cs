namespace QuantGrad.Reporting.Record;

/// <summary><c>legs.csv</c> (<c>date,long_return,short_return</c>): what the long and the short positions earned on each date of <c>equity.csv</c>, before cost.</summary>
/// <param name="Long">Gross return of the positions above 0.</param>
/// <param name="Short">Gross return of the positions below 0.</param>
internal sealed record LegRecord(double[] Long, double[] Short)
{
    /// <summary>The columns of a file.</summary>
    public static LegRecord Of(CsvColumns table) => new(table.Numbers("long_return"), table.Numbers("short_return"));
}

namespace QuantGrad.Reporting.Record;

/// <summary><c>members.csv</c> (<c>date,0,1,…</c>): the net return that each seed alone would have had on the dates of <c>equity.csv</c>, a column a seed.</summary>
/// <param name="Names">The seeds.</param>
/// <param name="Net">Net returns, a series a seed.</param>
internal sealed record MemberRecord(string[] Names, double[][] Net)
{
    /// <summary>The columns of a file.</summary>
    public static MemberRecord Of(CsvColumns table)
    {
        var names = table.Names.Where(name => name != "date").ToArray();
        return new MemberRecord(names, Array.ConvertAll(names, table.Numbers));
    }
}

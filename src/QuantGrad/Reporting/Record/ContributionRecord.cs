namespace QuantGrad.Reporting.Record;

/// <summary>
/// <c>contributions.csv</c> (<c>symbol,long_return,short_return,cost,turnover</c>): what every symbol added to the run's return, the sum over the dates
/// of the gross return earned while it was held long and short, and of the cost that it caused. Σ(long + short − cost) = Σ net return.
/// </summary>
/// <param name="Symbols">Names.</param>
/// <param name="Long">Σ of gross return while long.</param>
/// <param name="Short">Σ of gross return while short.</param>
/// <param name="Cost">Σ of cost.</param>
/// <param name="Turnover">Σ|Δw|.</param>
internal sealed record ContributionRecord(string[] Symbols, double[] Long, double[] Short, double[] Cost, double[] Turnover)
{
    /// <summary>What a symbol added after its cost.</summary>
    public double Net(int symbol) => Long[symbol] + Short[symbol] - Cost[symbol];

    /// <summary>The rows of a file.</summary>
    public static ContributionRecord Of(CsvColumns table) => new(
        [.. table.Text("symbol").Select(CsvText.Read)], table.Numbers("long_return"), table.Numbers("short_return"), table.Numbers("cost"), table.Numbers("turnover"));
}

namespace QuantGrad.Reporting.Record;

/// <summary>
/// One strategy of <c>baselines.csv</c> (<c>date,baseline,gross_return,cost,net_return,turnover</c>): the same folds, costs and accounting as the run,
/// on the dates of <c>equity.csv</c>.
/// </summary>
/// <param name="Key">Its name in the file, such as <c>long_only</c>.</param>
/// <param name="Gross">Gross returns, NaN on a date that it lacks.</param>
/// <param name="Cost">Costs.</param>
/// <param name="Net">Net returns.</param>
/// <param name="Turnover">Σ|Δw|.</param>
internal sealed record BaselineRecord(string Key, double[] Gross, double[] Cost, double[] Net, double[] Turnover)
{
    /// <summary>The name of the page.</summary>
    public string Name => NameOf(Key);

    /// <summary>The name of the page for a key.</summary>
    public static string NameOf(string key) => key switch
    {
        "long_only" => "Long only",
        "long_only_vol_target" => "Long only, volatility-targeted",
        "year_sign" => "Sign of the year’s return",
        "macd" => "MACD",
        _ => key,
    };

    /// <summary>Whether it is the benchmark: the unmanaged market, what one gets without a strategy.</summary>
    public bool IsBenchmark => Key == "long_only";

    /// <summary>The baselines of a file, in the order in which they first appear.</summary>
    public static BaselineRecord[] Of(CsvColumns table, DateTime[] calendar)
    {
        var rowOf = new Dictionary<DateTime, int>(calendar.Length);
        for (var row = 0; row < calendar.Length; row++) rowOf[calendar[row]] = row;
        var found = new List<BaselineRecord>();
        var (dates, keys) = (table.AllDates("date"), table.Text("baseline"));
        var (gross, cost, net, turnover) = (table.Numbers("gross_return"), table.Numbers("cost"), table.Numbers("net_return"), table.Numbers("turnover"));
        double[] Blank() => [.. Enumerable.Repeat(double.NaN, calendar.Length)];
        for (var line = 0; line < keys.Count; line++)
        {
            var baseline = found.Find(known => known.Key == keys[line]);
            if (baseline is null) found.Add(baseline = new BaselineRecord(keys[line], Blank(), Blank(), Blank(), Blank()));
            if (!rowOf.TryGetValue(dates[line], out var row)) continue;
            (baseline.Gross[row], baseline.Cost[row], baseline.Net[row], baseline.Turnover[row]) = (gross[line], cost[line], net[line], turnover[line]);
        }

        return [.. found];
    }
}

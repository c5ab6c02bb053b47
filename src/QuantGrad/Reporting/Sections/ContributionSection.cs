using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>Where the return came from: symbol by symbol, long and short.</summary>
internal static class ContributionSection
{
    // More bars than this are a carpet: the chart shows the ends, the table has all.
    private const int DrawnSymbols = 40;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "contributions", "Where it came from", "Sums of the bars’ returns on the whole equity: the parts of a compound return do not add up, these do.");
        html.Open("div", ("class", "charts"));
        if (run.Contributions is { } contributions) BySymbol(run, contributions).Write(html);
        if (run.Legs is { } legs) ByLeg(run, legs).Write(html);
        html.Close().Close();
    }

    private static Chart BySymbol(RecordedRun run, ContributionRecord record)
    {
        var order = Enumerable.Range(0, record.Symbols.Length).OrderByDescending(record.Net).ToArray();
        var weights = run.Positions.Symbols.ToDictionary(pair => pair.Symbol, pair => pair.Weights, StringComparer.Ordinal);
        var table = new Table("Contribution by symbol", "<Symbol", "Net", "Long", "Short", "Cost", "Mean weight", "Mean |weight|", "Bars long", "Bars short");
        foreach (var symbol in order)
        {
            var held = weights.GetValueOrDefault(record.Symbols[symbol]);
            table.Row(record.Symbols[symbol], Print.Percent(record.Net(symbol)), Print.Percent(record.Long[symbol]), Print.Percent(record.Short[symbol]), Print.Percent(record.Cost[symbol]),
                Print.Percent(held?.Mean ?? double.NaN), Print.Percent(held?.MeanAbsolute ?? double.NaN), Print.Count(held?.Long ?? 0), Print.Count(held?.Short ?? 0));
        }

        var drawn = order.Length <= DrawnSymbols ? order : [.. order[..(DrawnSymbols / 2)], .. order[^(DrawnSymbols / 2)..]];
        double[] Of(Func<int, double> value) => Array.ConvertAll(drawn, symbol => value(symbol));
        var data = new BarChart(Array.ConvertAll(drawn, symbol => record.Symbols[symbol]), "percent",
            [new DrawnSeries("Net contribution", Of(record.Net))])
        { Horizontal = true, Signed = true, Level = 0 };
        var total = order.Sum(record.Net);
        var best = order[0];
        return new Chart("by-symbol", "Net contribution by symbol",
            (order.Length == 1 ? $"{record.Symbols[best]}, the only symbol, gave {Print.Percent(total)}"
                : $"{order.Count(symbol => record.Net(symbol) > 0)} of {order.Length} symbols gained; the sum is {Print.Percent(total)}, {record.Symbols[best]} gave the most, {Print.Percent(record.Net(best))}, and {record.Symbols[order[^1]]} the least, {Print.Percent(record.Net(order[^1]))}") +
            (drawn.Length < order.Length ? $"; the {DrawnSymbols / 2} best and worst are drawn." : "."), data, table)
        { Height = Math.Max(300, 40 + 17 * drawn.Length) };
    }

    private static Chart ByLeg(RecordedRun run, LegRecord legs)
    {
        var (longs, shorts) = (Sums(legs.Long), Sums(legs.Short));
        var rows = Thinning.Rows([longs, shorts], 2400);
        var data = new TimeChart(Array.ConvertAll(rows, row => EquityRecord.Day(run.Equity.Dates[row])),
            [new Panel("Sum of returns", "percent", [new DrawnSeries("Long positions", Thinning.Pick(longs, rows)) { Role = "gain" }, new DrawnSeries("Short positions", Thinning.Pick(shorts, rows)) { Role = "loss" }]) { Level = 0 }]);
        var table = new Table("Return of the legs by year, before cost", "<Year", "Long", "Short");
        foreach (var year in Enumerable.Range(0, run.Equity.Rows).GroupBy(row => run.Equity.Dates[row].Year))
            table.Row(Print.Year(year.Key), Print.Percent(year.Sum(row => legs.Long[row])), Print.Percent(year.Sum(row => legs.Short[row])));
        return new Chart("legs", "Long and short legs", $"Before cost, the long positions added {Print.Percent(longs[^1])} and the short positions {Print.Percent(shorts[^1])}.", data, table) { Height = 300 };
    }

    private static double[] Sums(double[] returns)
    {
        var sum = 0.0;
        return Array.ConvertAll(returns, r => sum += double.IsNaN(r) ? 0 : r);
    }
}

using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>What simple rules would have had on the same folds, at the same costs, in the same books, and whether the difference is more than luck.</summary>
internal static class BaselinesSection
{
    private static readonly (string Key, string Heading)[] Columns =
    [
        ("sharpe", "Sharpe"), ("gross_sharpe", "Gross Sharpe"), ("cagr", "Return"), ("volatility", "Volatility"), ("max_drawdown", "Drawdown"), ("turnover_per_year", "Turnover"), ("cost_per_year", "Cost"),
    ];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "baselines", "Baselines", "Simple rules on the same folds, costs and accounting.");
        var rows = new List<(string Name, string? Key, JsonElement Figures)> { ("Strategy", null, run.Metrics.At("out_of_sample") ?? default) };
        foreach (var baseline in run.Baselines)
            if (run.Metrics.At("baselines", baseline.Key) is { } figures) rows.Add((baseline.Name, baseline.Key, figures));
        html.Open("div", ("class", "charts"));
        Draw(run, rows).Write(html);
        html.Close();
        Table(run, rows).Write(html);
        html.Close();
    }

    private static Table Table(RecordedRun run, List<(string Name, string? Key, JsonElement Figures)> rows)
    {
        var definitions = Array.ConvertAll(Columns, column => MetricCatalog.All.First(definition => definition.Name == column.Key));
        var table = new Table("The strategy and the baselines", ["<Strategy", .. Columns.Select(column => column.Heading), "Strategy better by", "95% interval", "p"]);
        foreach (var (name, key, figures) in rows)
        {
            var test = key is null ? null : run.Metrics.At("significance", "sharpe_difference", key);
            string Number(string member) => test?.NumberAt(member) is { } value ? Print.Number(value) : "–";
            table.Row([name, .. definitions.Select(definition => MetricsSection.Value(figures, definition)),
                Number("difference"), test is null ? "–" : $"{Number("lower")} … {Number("upper")}", test is null ? "–" : Print.Probability(test.Value.NumberAt("p_value"))]);
        }

        return table;
    }

    private static Chart Draw(RecordedRun run, List<(string Name, string? Key, JsonElement Figures)> rows)
    {
        var sharpes = rows.Select(row => row.Figures.NumberAt("sharpe")).ToArray();
        var intervals = rows.Select(row => row.Figures.NumbersAt("sharpe_ci_95")).ToArray();
        var known = Array.TrueForAll(intervals, interval => interval.Length == 2);
        var series = new DrawnSeries("Net Sharpe", sharpes)
        {
            Role = "strategy", Low = known ? Array.ConvertAll(intervals, interval => interval[0]) : null, High = known ? Array.ConvertAll(intervals, interval => interval[1]) : null,
        };
        var table = new Table("Net Sharpe ratios", "<Strategy", "Net Sharpe", "95% interval");
        for (var row = 0; row < rows.Count; row++)
            table.Row(rows[row].Name, Print.Number(sharpes[row]), intervals[row] is [var low, var high] ? $"{Print.Number(low)} … {Print.Number(high)}" : "–");
        var best = Enumerable.Range(1, rows.Count - 1).MaxBy(row => sharpes[row]);
        return new Chart("baseline-sharpe", "Net Sharpe of the strategy and of the baselines",
            $"The best baseline is {rows[best].Name} with {Print.Number(sharpes[best])} against {Print.Number(sharpes[0])}{(known ? "; the whiskers are 95% bootstrap intervals" : "")}.",
            new BarChart([.. rows.Select(row => row.Name)], "number2", [series]) { Horizontal = true, Level = 0 }, table)
        { Height = 50 + 34 * rows.Count, Wide = true };
    }
}

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
        foreach (var (key, figures) in run.Metrics.MembersAt("baselines")) rows.Add((BaselineRecord.NameOf(key), key, figures));
        html.Open("div", ("class", "charts"));
        Draw([.. rows.Where(row => row.Key is null || !double.IsNaN(row.Figures.NumberAt("sharpe")))]).Write(html);
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
            // A reason that holds for the whole row stands in it once.
            var reason = figures.FigureAt(definitions[0].Name).Reason;
            string Figure(MetricDefinition definition) =>
                definition != definitions[0] && reason is not null && figures.FigureAt(definition.Name).Reason == reason ? Print.Undefined : MetricsSection.Value(figures, definition);
            table.Row([name, .. definitions.Select(Figure),
                Number("difference"), test is null ? "–" : $"{Number("lower")} … {Number("upper")}", test is null ? "–" : Print.Probability(test.Value.NumberAt("p_value"))]);
        }

        return table;
    }

    private static Chart Draw(List<(string Name, string? Key, JsonElement Figures)> rows)
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
        var best = Enumerable.Range(0, rows.Count).Skip(1).DefaultIfEmpty(0).MaxBy(row => sharpes[row]);
        return new Chart("baseline-sharpe", "Net Sharpe of the strategy and of the baselines",
            best == 0 ? "No baseline has a Sharpe ratio." : $"The best baseline is {rows[best].Name} with {Print.Number(sharpes[best])} against {Print.Number(sharpes[0])}{(known ? "; the whiskers are 95% bootstrap intervals" : "")}.",
            new BarChart([.. rows.Select(row => row.Name)], "number2", [series]) { Horizontal = true, Level = 0 }, table)
        { Height = 50 + 34 * rows.Count, Wide = true };
    }
}

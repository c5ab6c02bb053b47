using QuantGrad.Metrics;
using QuantGrad.Metrics.Risk;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;
using QuantGrad.Reporting.Sections;

namespace QuantGrad.Reporting.Comparing;

/// <summary>The runs side by side: growth and drawdown on the shared dates, and each run's own figures.</summary>
internal static class ComparisonFigures
{
    private static readonly string[] Names =
        ["sharpe", "sharpe_ci_95", "cagr", "volatility", "max_drawdown", "turnover_per_year", "cost_per_year", "break_even_cost_bps", "psr", "dsr", "trials", "years"];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, Comparison comparison)
    {
        Page.Section(html, "runs", "The runs");
        Growth(comparison).Write(html);
        Table(comparison).Write(html, "figures");
        html.Close();
    }

    private static Chart Growth(Comparison comparison)
    {
        var growth = Array.ConvertAll(comparison.Net, GrowthSection.Growth);
        var drawdown = Array.ConvertAll(comparison.Net, net => Drawdown.Path(net));
        var rows = Thinning.Rows([.. growth, .. drawdown], GrowthSection.DrawnRows);
        DrawnSeries[] Lines(double[][] values) => [.. values.Select((line, run) => new DrawnSeries(comparison.Names[run], Thinning.Pick(line, rows)) { Role = Role(run) })];
        var table = new Table("End of the shared dates", "<Run", "Growth of 1", "Deepest drawdown");
        for (var run = 0; run < growth.Length; run++) table.Row(comparison.Names[run], Print.Number(growth[run][^1]), Print.Percent(drawdown[run].Min()));
        var best = Enumerable.Range(0, growth.Length).MaxBy(run => growth[run][^1]);
        return new Chart("growth", "Growth of 1 and drawdown", $"{comparison.Names[best]} ends highest, at {Print.Number(growth[best][^1])}; each run has its own risk, so that the tests below and not the heights tell who is better.",
            new TimeChart(Array.ConvertAll(rows, row => EquityRecord.Day(comparison.Dates[row])),
                [new Panel("Growth of 1", "multiple", Lines(growth)) { Scale = "growth", Share = 2.4, Level = 1 }, new Panel("Drawdown", "percent", Lines(drawdown)) { Zero = true }])
            { Slider = true }, table)
        {
            Height = 470, Wide = true,
        };
    }

    /// <summary>The colour of a run, the same in every chart.</summary>
    internal static string Role(int run) => run switch { 0 => "strategy", <= 6 => ((char)('a' + run - 1)).ToString(), _ => "benchmark" };

    private static Table Table(Comparison comparison)
    {
        var table = new Table("Figures of each run over all of its own dates", ["<Figure", .. comparison.Names, "<Convention"]);
        foreach (var name in Names)
        {
            var definition = MetricCatalog.All.First(metric => metric.Name == name);
            table.Row([definition.Label, .. comparison.Runs.Select(run => MetricsSection.Value(run.Metrics.At("out_of_sample") ?? default, definition)), definition.Convention]);
        }

        return table;
    }
}

using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Tables;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>Equity against the benchmark and the baselines, and the drawdown beneath it.</summary>
internal static class GrowthSection
{
    /// <summary>Rows kept for drawing: enough for every day of thirty years.</summary>
    internal const int DrawnRows = 8000;

    /// <summary>Writes the chart with its range buttons.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        var equity = run.Equity;
        if (equity.Rows == 0) return;
        html.Open("div", ("class", "range"), ("role", "group"), ("aria-label", "Years shown by the charts over time"), ("hidden", ""));
        html.Element("span", "Show");
        foreach (var years in new[] { 1, 3, 5, 10, 0 })
            html.Open("button", ("type", "button"), ("data-years", Print.Count(years))).Text(years == 0 ? "all" : $"{years} y").Close();
        html.Close();
        Draw(run).Write(html);
    }

    private static Chart Draw(RecordedRun run)
    {
        var equity = run.Equity;
        var lines = new List<(string Name, string? Role, double[] Growth)> { ("Strategy, net", "strategy", equity.Equity) };
        foreach (var baseline in run.Baselines)
            lines.Add((baseline.Name, baseline.IsBenchmark ? "benchmark" : null, Growth(VolatilityMatch.Of(baseline.Net, equity.Net) ?? baseline.Net)));
        lines.Add(("Strategy, gross", "gross", Growth(equity.Gross)));

        var rows = Thinning.Rows([.. lines.Select(line => line.Growth), equity.Drawdown], DrawnRows, equity.Seams());
        var plain = 0;
        var growth = lines.Select(line => new DrawnSeries(line.Name, Thinning.Pick(line.Growth, rows))
        {
            Role = line.Role ?? ((char)('a' + plain++)).ToString(), Dash = line.Role == "gross",
        });
        var data = new TimeChart(
            Array.ConvertAll(rows, row => EquityRecord.Day(equity.Dates[row])),
            [
                new Panel("Growth of 1", "multiple", [.. growth]) { Scale = "growth", Share = 3, Level = 1 },
                new Panel("Drawdown", "percent", [new DrawnSeries("Drawdown", Thinning.Pick(equity.Drawdown, rows)) { Role = "strategy", Area = true }]) { Zero = true, Plain = true },
            ])
        {
            Cuts = [.. equity.Seams().Select(row => EquityRecord.Day(equity.Dates[row]))],
            Slider = true,
        };
        return new Chart("growth", "Growth of 1 and drawdown", Reading(run), data, ByYear(run)) { Height = 470, Wide = true };
    }

    private static string Reading(RecordedRun run)
    {
        var equity = run.Equity;
        var worst = equity.Drawdown.Length == 0 ? 0 : Array.IndexOf(equity.Drawdown, equity.Drawdown.Min());
        return $"One unit {(equity.Equity[^1] < 1 ? "fell" : "grew")} to {Print.Number(equity.Equity[^1])} after costs; the deepest fall from a peak was {Print.Percent(equity.Drawdown[worst])} on {Print.Date(equity.Dates[worst])}. " +
            (run.Baselines.Length > 0 && run.RuinedOn is null ? "Baselines are drawn at the strategy’s volatility. " : "") + "Logarithmic scale; dotted lines are the seams of the folds.";
    }

    private static Table ByYear(RecordedRun run)
    {
        var equity = run.Equity;
        var names = run.Baselines.Select(baseline => baseline.Name).ToArray();
        var table = new Table("Return and deepest drawdown by calendar year", ["<Year", "Strategy, net", "Strategy, gross", .. names, "Deepest drawdown"]);
        var yearly = PeriodReturns.Yearly(equity.Dates, equity.Net);
        var gross = PeriodReturns.Yearly(equity.Dates, equity.Gross);
        var others = Array.ConvertAll(run.Baselines, baseline => PeriodReturns.Yearly(equity.Dates, baseline.Net));
        var first = 0;
        for (var year = 0; year < yearly.Count; year++)
        {
            var worst = equity.Drawdown.AsSpan(first, yearly[year].Observations).ToArray().Min();
            first += yearly[year].Observations;
            table.Row([Print.Year(yearly[year].Year), Print.Percent(yearly[year].Return), Print.Percent(gross[year].Return),
                .. others.Select(other => Print.Percent(other[year].Return)), Print.Percent(worst)]);
        }

        return table;
    }

    internal static double[] Growth(double[] returns)
    {
        var growth = new double[returns.Length];
        var value = 1.0;
        for (var row = 0; row < growth.Length; row++) growth[row] = value *= Math.Max(1 + (double.IsNaN(returns[row]) ? 0 : returns[row]), 0);
        return growth;
    }
}

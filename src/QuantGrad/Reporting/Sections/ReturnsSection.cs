using QuantGrad.Metrics;
using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Tables;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>Returns by month and year, their distribution and its tail, and the worst drawdowns.</summary>
internal static class ReturnsSection
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "returns", "Returns", "Net of costs, out of sample, compounded within each period.");
        html.Open("div", ("class", "charts"));
        MonthlyMap(run).Write(html);
        YearlyBars(run).Write(html);
        Distribution(run).Write(html);
        html.Open("div").Element("h3", "Worst ten drawdowns");
        html.Element("p", "From the peak through the trough to the day that reached the peak again.", "reading");
        Drawdowns(run).Write(html, "bare");
        html.Close().Close().Close();
    }

    private static Chart MonthlyMap(RecordedRun run)
    {
        var months = PeriodReturns.Monthly(run.Equity.Dates, run.Equity.Net, run.PeriodsPerYear);
        var years = months.Select(month => month.Year).Distinct().ToArray();
        var values = years.Select(year => Enumerable.Range(1, 12).Select(part => months.FirstOrDefault(month => month.Year == year && month.Part == part)?.Return ?? double.NaN).ToArray()).ToArray();
        var table = new Table("Returns by month", ["<Year", .. Months, "Whole year"]);
        for (var row = 0; row < years.Length; row++) table.Row([Print.Year(years[row]), .. values[row].Select(value => double.IsNaN(value) ? "" : Print.Percent(value)),
                Print.Percent(values[row].Where(double.IsFinite).Aggregate(1.0, (growth, r) => growth * (1 + r)) - 1)]);
        var (best, worst) = (months.MaxBy(month => month.Return)!, months.MinBy(month => month.Return)!);
        var bound = Quantile.OfSorted([.. months.Select(month => Math.Abs(month.Return)).Order()], 0.95);
        return new Chart("monthly", "Returns by month, %",
            $"{months.Count(month => month.Return > 0)} of {months.Count} months gained; the best was {Name(best)} ({Print.Percent(best.Return)}), the worst {Name(worst)} ({Print.Percent(worst.Return)}).",
            new HeatMap([.. years.Select(Print.Year)], Months, values, "percent1", "Return") { Labels = true, LabelFormat = "percentPoints", Bound = Math.Max(bound, 1e-4) }, table)
        {
            Height = 30 + 19 * years.Length,
        };
    }

    private static string Name(PeriodReturn month) => $"{Months[month.Part - 1]} {Print.Year(month.Year)}";

    private static Chart YearlyBars(RecordedRun run)
    {
        var years = PeriodReturns.Yearly(run.Equity.Dates, run.Equity.Net, run.PeriodsPerYear);
        var series = new List<DrawnSeries> { new("Strategy", [.. years.Select(year => year.Return)]) { Role = "strategy" } };
        var matched = run.Benchmark is { } benchmark ? VolatilityMatch.Of(benchmark.Net, run.Equity.Net) : null;
        var market = matched is null ? null : PeriodReturns.Yearly(run.Equity.Dates, matched, run.PeriodsPerYear);
        if (market is not null) series.Add(new DrawnSeries("Long only at the strategy’s volatility", [.. market.Select(year => year.Return)]) { Role = "benchmark" });
        var table = new Table("Returns by year", ["<Year", "Return", "Sharpe", .. market is null ? [] : new[] { "Long only, same volatility" }, "Bars"]);
        for (var row = 0; row < years.Count; row++)
            table.Row([Print.Year(years[row].Year), Print.Percent(years[row].Return), Print.Number(years[row].Sharpe.Value),
                .. market is null ? [] : new[] { Print.Percent(market[row].Return) }, Print.Count(years[row].Observations)]);
        var gained = years.Count(year => year.Return > 0);
        return new Chart("yearly", "Returns by year", $"{gained} of {years.Count} calendar years gained" +
            (market is null ? "." : $"; {years.Where((year, row) => year.Return > market[row].Return).Count()} beat long only at the same volatility."),
            new BarChart([.. years.Select(year => Print.Year(year.Year))], "percent", [.. series]) { Level = 0 }, table)
        { Height = Math.Clamp(30 + 19 * years.Count, 220, 380) };
    }

    private static Chart Distribution(RecordedRun run)
    {
        var sorted = run.Equity.Net.Order().ToArray();
        var (valueAtRisk, shortfall) = (run.Figure("var_95"), run.Figure("cvar_95"));
        var moments = Moments.Of(sorted);
        var width = 2 * (Quantile.OfSorted(sorted, 0.75) - Quantile.OfSorted(sorted, 0.25)) / Math.Cbrt(sorted.Length);
        if (!(width > 0)) width = Math.Max(1e-6, (sorted[^1] - sorted[0]) / 20);
        // Whole bins on both sides of 0; a few far days must not flatten the rest, so beyond 6σ everything falls into the outermost bins.
        var reach = Math.Min(Math.Max(-sorted[0], sorted[^1]), 6 * moments.StandardDeviation);
        width = Math.Max(width, reach / 60);
        var half = Math.Max(1, (int)Math.Ceiling(reach / width));
        var edges = Enumerable.Range(-half, 2 * half + 1).Select(k => k * width).ToArray();
        var counts = new double[2 * half];
        foreach (var r in sorted) counts[Math.Clamp((int)Math.Floor(r / width) + half, 0, counts.Length - 1)]++;
        var curve = edges.SkipLast(1).Select(edge => edge + width / 2).Select(x => new[] { x, sorted.Length * width * Math.Exp(-Math.Pow((x - moments.Mean) / moments.StandardDeviation, 2) / 2) / (moments.StandardDeviation * Math.Sqrt(2 * Math.PI)) });
        var table = new Table("Quantiles of the net return of a bar", "<Quantile", "Return");
        foreach (var q in new[] { 0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1 }) table.Row(Print.Percent(q, 0), Print.Percent(Quantile.OfSorted(sorted, q), 2));
        Mark[] marks = valueAtRisk.IsDefined && shortfall.IsDefined
            ? [new Mark(valueAtRisk.Value, $"VaR {Print.Percent(valueAtRisk.Value, 2)}", "left", 0, true), new Mark(shortfall.Value, $"CVaR {Print.Percent(shortfall.Value, 2)}", "right", 1)] : [];
        return new Chart("distribution", "Distribution of returns", TailReading(valueAtRisk, shortfall) +
            $"The line is a normal distribution of the same mean and spread " +
            $"(skew {Print.Number(moments.Skew)}, kurtosis {Print.Number(moments.Kurtosis, 1)} where normal is 3).",
            new Histogram(edges, counts, "percent2", "bars") { Marks = marks, Tail = valueAtRisk.Value, Curve = [.. curve] }, table)
        { Height = 250 };
    }

    private static string TailReading(Figure valueAtRisk, Figure shortfall) =>
        valueAtRisk.IsDefined && shortfall.IsDefined
            ? valueAtRisk.Value < 0
                ? $"On the worst 5% of bars the loss was at least {Print.Percent(-valueAtRisk.Value, 2)} and {Print.Percent(-shortfall.Value, 2)} on average. "
                : $"On the worst 5% of bars the return was at most {Print.Percent(valueAtRisk.Value, 2)} and {Print.Percent(shortfall.Value, 2)} on average. "
            : "";

    private static Table Drawdowns(RecordedRun run)
    {
        var table = new Table("Worst ten drawdowns", "Depth", "Peak", "Trough", "Recovered", "Days");
        foreach (var episode in DrawdownTable.Worst(run.Equity.Dates, run.Equity.Net))
            table.Row(Print.Percent(episode.Depth), Print.Date(episode.Peak), Print.Date(episode.Trough), episode.Recovery is { } recovery ? Print.Date(recovery) : "not yet", Print.Number(episode.Days, episode.Days is > 0 and < 1 ? 1 : 0));
        return table;
    }
}

using QuantGrad.Metrics.Trading;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;
using QuantGrad.Reporting.Series;

namespace QuantGrad.Reporting.Sections;

/// <summary>How much trading cost the result can bear.</summary>
internal static class CostsSection
{
    private static readonly double[] Points = [.. Enumerable.Range(0, 41).Select(step => step / 2.0)];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "costs", "Costs", "The positions as they are, at another cost of what is traded; borrowing stays as it was.");
        html.Open("div", ("class", "charts"));
        Draw(run).Write(html);
        html.Close().Close();
    }

    private static Chart Draw(RecordedRun run)
    {
        var equity = run.Equity;
        var holding = Costs.Holding(run);
        double[] Curve(double[] gross, double[] turnover, ReadOnlySpan<double> held) =>
            Array.ConvertAll(CostCurve.NetSharpe(gross, turnover, Points, run.PeriodsPerYear, held), sharpe => sharpe.Value);
        var series = new List<DrawnSeries> { new("Strategy", Curve(equity.Gross, equity.Turnover, holding)) { X = Points, Role = "strategy" } };
        var plain = 'a';
        foreach (var baseline in run.Baselines)
            series.Add(new DrawnSeries(baseline.Name, Curve(baseline.Gross, baseline.Turnover, Costs.Holding(run, baseline.Cost, baseline.Turnover))) { X = Points, Role = baseline.IsBenchmark ? "benchmark" : plain++.ToString() });

        var paid = Costs.Fraction(run) * 1e4;
        var breakEven = CostCurve.BreakEvenBps(equity.Gross, equity.Turnover, holding);
        List<Mark> marks = [new(paid, $"charged {Print.BasisPoints(paid)}", paid < 2 ? "left" : "center")];
        if (breakEven.Value is > 0 and <= 20) marks.Add(new Mark(breakEven.Value, $"break-even {Print.BasisPoints(breakEven.Value)}", "center", Math.Abs(breakEven.Value - paid) < 3 ? 1 : 0));
        var table = new Table("Net Sharpe ratio by cost", ["Cost", .. series.Select(line => line.Name)]);
        for (var row = 0; row < Points.Length; row += 2) table.Row([Print.BasisPoints(Points[row], 0), .. series.Select(line => Print.Number(line.Values[row]))]);
        return new Chart("cost-curve", "Net Sharpe against the cost of trading", Reading(breakEven.IsDefined ? breakEven.Value : double.NaN, paid),
            new LineChart(new NumberAxis("Cost of what is traded", "bp") { Interval = 5 }, new NumberAxis("", "number2"), [.. series]) { Marks = [.. marks], Level = 0 }, table)
        { Height = 300, Wide = true };
    }

    private static string Reading(double breakEven, double paid) => breakEven switch
    {
        double.NaN => "Nothing was traded.",
        <= 0 => "The positions lose before any cost of trading.",
        _ => $"Nothing is left at {Print.BasisPoints(breakEven)} of what is traded; the run charged {Print.BasisPoints(paid)}, {(paid > 0 ? $"so that the edge bears {Print.Number(breakEven / paid, 1)} times the cost assumed" : "no cost at all")}.",
    };
}

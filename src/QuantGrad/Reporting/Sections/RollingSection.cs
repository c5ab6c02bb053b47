using QuantGrad.Metrics.Tables;
using QuantGrad.Metrics.Trading;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>How the strategy behaved through time: rolling Sharpe, volatility and beta, exposure and turnover.</summary>
internal static class RollingSection
{
    // Smooth curves of a year's window need few points; their extremes are kept.
    private const int DrawnRows = 2400;

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        var window = (int)Math.Round(run.PeriodsPerYear);
        if (run.Equity.Rows < window + 2) window = Math.Max(2, run.Equity.Rows / 4);
        Page.Section(html, "rolling", "Through time", $"Each point looks back over {Print.Count(window)} bars; zoom and hover move together with the equity above.");
        Draw(run, window).Write(html);
        html.Close();
    }

    private static Chart Draw(RecordedRun run, int window)
    {
        var equity = run.Equity;
        var sharpe = Rolling.Sharpe(equity.Net, window, run.PeriodsPerYear);
        var volatility = Rolling.Volatility(equity.Net, window, run.PeriodsPerYear);
        var turnover = Rolling.Over(equity.Rows, window, (first, count) => TradingCost.PerYear(equity.Turnover.AsSpan(first, count), run.PeriodsPerYear));
        var (gross, net) = (OnEquityDates(run, run.Positions.GrossExposure), OnEquityDates(run, run.Positions.NetExposure));
        var benchmark = run.Benchmark;
        var market = benchmark is null ? null : Rolling.Sharpe(benchmark.Net, window, run.PeriodsPerYear);
        var beta = benchmark is null ? null : Rolling.Beta(equity.Net, benchmark.Net, window);

        var rows = Thinning.Rows([sharpe, volatility, gross, net, turnover, .. beta is null ? [] : new[] { beta }], DrawnRows);
        DrawnSeries Line(string name, double[] values, string role) => new(name, Thinning.Pick(values, rows)) { Role = role };
        var panels = new List<Panel>
        {
            new("Sharpe", "number1", [Line("Sharpe", sharpe, "strategy"), .. market is null ? [] : new[] { Line("Sharpe of long only", market, "benchmark") }]) { Level = 0, Share = 1.4 },
            new("Volatility", "percent", [Line("Volatility", volatility, "strategy")]) { Plain = true },
        };
        if (beta is not null) panels.Add(new Panel("Beta", "number2", [Line("Beta to long only", beta, "strategy")]) { Level = 0, Plain = true });
        panels.Add(new Panel("Exposure", "percent", [Line("Gross exposure", gross, "a"), Line("Net exposure", net, "b")]) { Level = 0 });
        panels.Add(new Panel("Turnover a year", "multiple", [Line("Turnover a year", turnover, "strategy")]) { Plain = true });
        var data = new TimeChart(Array.ConvertAll(rows, row => EquityRecord.Day(equity.Dates[row])), [.. panels]);
        return new Chart("rolling-figures", "Rolling Sharpe, volatility, beta, exposure and turnover", Reading(sharpe, window), data, AtYearEnds(run, sharpe, volatility, beta, gross, net, turnover))
        {
            Height = 56 + 120 * panels.Count, Wide = true,
        };
    }

    private static string Reading(double[] sharpe, int window)
    {
        var known = sharpe.Where(double.IsFinite).ToArray();
        return known.Length == 0 ? $"No {Print.Count(window)} bars in a row have a Sharpe ratio."
            : $"The rolling Sharpe ratio was above zero on {Print.Percent(known.Count(value => value > 0) / (double)known.Length, 0)} of the bars and lay between {Print.Number(known.Min())} and {Print.Number(known.Max())}.";
    }

    private static Table AtYearEnds(RecordedRun run, double[] sharpe, double[] volatility, double[]? beta, double[] gross, double[] net, double[] turnover)
    {
        var table = new Table("Rolling figures at the end of each year", ["<Date", "Sharpe", "Volatility", .. beta is null ? [] : new[] { "Beta" }, "Gross exposure", "Net exposure", "Turnover a year"]);
        var dates = run.Equity.Dates;
        for (var row = 0; row < dates.Length; row++)
        {
            if (row + 1 < dates.Length && dates[row + 1].Year == dates[row].Year) continue;
            table.Row([Print.Date(dates[row]), Print.Number(sharpe[row]), Print.Percent(volatility[row]), .. beta is null ? [] : new[] { Print.Number(beta[row]) },
                Print.Percent(gross[row]), Print.Percent(net[row]), Print.Number(turnover[row], 1)]);
        }

        return table;
    }

    // Weights are dated by their decision, rows by their outcome: a row is given the newest decision before its date.
    private static double[] OnEquityDates(RecordedRun run, double[] exposure)
    {
        var values = new double[run.Equity.Rows];
        var (decisions, next) = (run.Positions.Dates, 0);
        for (var row = 0; row < values.Length; row++)
        {
            while (next < decisions.Length && decisions[next] < run.Equity.Dates[row]) next++;
            values[row] = next == 0 ? double.NaN : exposure[next - 1];
        }

        return values;
    }
}

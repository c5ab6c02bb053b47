using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>How much of the result may be luck: the tests, each with its answer in words.</summary>
internal static class SignificanceSection
{
    private static readonly string[] Names =
        ["sharpe", "sharpe_ci_95", "sharpe_standard_error", "psr", "dsr", "trials", "expected_max_sharpe", "min_track_record_years", "min_backtest_years", "hac_t", "sharpe_lo", "autocorrelation_1"];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "significance", "Is it luck?", "The Sharpe ratio of a short or much-searched record overstates itself; these figures say by how much.");
        Answers(run).Write(html, "answers");
        html.Open("div", ("class", "charts"));
        var drawn = run.Optional("distributions.json") ?? default;
        if (run.Metrics.At("significance", "random_timing") is { } timing && drawn.NumbersAt("random_timing") is { Length: > 1 } draws) Timing(timing, draws).Write(html);
        if (run.Metrics.At("significance", "pbo") is { } pbo && drawn.NumbersAt("pbo_logits") is { Length: > 1 } logits) Overfitting(pbo, logits).Write(html);
        html.Close().Close();
    }

    private static Table Answers(RecordedRun run)
    {
        var table = new Table("Tests of the net Sharpe ratio, out of sample", "<Test", "Figure", "<What it says", "<Convention");
        foreach (var name in Names)
        {
            if (MetricCatalog.All.FirstOrDefault(metric => metric.Name == name) is not { } definition) continue;
            if (run.Metrics.At("out_of_sample", name) is null && run.Metrics.At("out_of_sample", "reasons", name) is null) continue;
            table.Row(definition.Label, MetricsSection.Value(run.Metrics.GetProperty("out_of_sample"), definition), Says(run, name, run.Figure(name).Value), definition.Convention);
        }

        var significance = run.Metrics.At("significance");
        void Test(string label, string member, string figure, string convention, Func<double, string> says)
        {
            if (significance?.At(member) is not { } test) return;
            var value = test.FigureAt(figure);
            table.Row(label, value.IsDefined ? Print.Probability(value.Value) : $"{Print.Undefined} ({value.Reason})", value.IsDefined ? says(value.Value) : "", convention);
        }

        Test("Superior predictive ability, p", "spa", "p_consistent", "Hansen (2005), the strategy and its members against volatility-matched long only, stationary bootstrap",
            p => p < 0.05 ? "beats long only at its own volatility, allowing for the choice among members" : "not shown to beat long only at its own volatility");
        Test("Reality Check, p", "spa", "p_reality_check", "White (2000), the same models and benchmark, not studentised", p => p < 0.05 ? "the best member is not only the luckiest" : "the best member may be only the luckiest");
        Test("Does a baseline beat it? p", "baselines_beat", "p_consistent", "Hansen (2005), the baselines at the strategy’s volatility against the strategy",
            p => p < 0.05 ? "a baseline is better: bad news" : "no baseline is shown to be better");
        Test("Random timing, p", "random_timing", "p_value", "share of random turns of the same positions in time that do as well; turnover and cost are kept",
            p => p < 0.05 ? "the timing of the positions earned it" : "not shown: the same positions at random times do as well too often");
        Test("Probability of backtest overfitting", "pbo", "probability", "CSCV, Bailey, Borwein, López de Prado and Zhu (2017), over the members and the settings tried before",
            p => p < 0.5 ? "the best in one half tends to stay above the median in the other" : "the best in one half tends to fall below the median in the other");
        return table;
    }

    private static string Says(RecordedRun run, string name, double value) => double.IsNaN(value) && name != "sharpe_ci_95" ? "" : name switch
    {
        "sharpe_ci_95" => run.Metrics.NumbersAt("out_of_sample", name) is [var low, var high] ? low > 0 ? "zero is outside" : high < 0 ? "all of it is below zero" : "zero is inside" : "",
        "psr" => value >= 0.95 ? "above zero at the usual level, were this the only trial" : "not above zero at the usual level, even as the only trial",
        "dsr" => value >= 0.95 ? "above the best of so many trials without skill" : "the best of so many trials without skill may do as well",
        "sharpe" => "the figure that is tested",
        "sharpe_standard_error" => "how far the figure would scatter over other samples of this length",
        "trials" => "seeds, settings and searches of this strategy in the runs kept below reports/ and beside this one; what was tried elsewhere, or deleted, is not counted (quantgrad check takes your number)",
        "expected_max_sharpe" => value < run.Figure("sharpe").Value ? "luck alone would show less than was found" : "luck alone would show as much as was found",
        "min_track_record_years" or "min_backtest_years" => run.Figure("years") is { IsDefined: true } years
            ? $"the record of {Print.Number(years.Value, 1)} years is {(value <= years.Value ? "long enough" : "too short")}" : "",
        "sharpe_lo" => $"the annual figure that allows for dependence, against {Print.Number(run.Figure("sharpe").Value)} by √A",
        "hac_t" => value >= 1.96 ? "the mean is above zero, allowing for dependence" : value <= -1.96 ? "the mean is below zero, allowing for dependence" : "the mean is not shown to differ from zero, allowing for dependence",
        "autocorrelation_1" => Math.Abs(value) > 0.1 ? "neighbouring returns depend on each other: trust Lo’s figure" : "neighbouring returns hardly depend on each other",
        _ => "",
    };

    private static Chart Timing(JsonElement timing, double[] draws)
    {
        var sharpe = timing.NumberAt("sharpe");
        var sorted = draws.Where(double.IsFinite).Order().ToArray();
        var table = new Table("Sharpe ratios at random times", "<Quantile", "Sharpe");
        foreach (var q in new[] { 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 }) table.Row(Print.Percent(q, 0), Print.Number(Quantile.OfSorted(sorted, q)));
        return new Chart("random-timing", "The same positions at random times",
            $"{Print.Percent(sorted.Count(value => value >= sharpe) / (double)sorted.Length)} of {sorted.Length} random turns of the positions in time reach the Sharpe ratio of {Print.Number(sharpe)}.",
            Binned(sorted, [sharpe], "number2", "draws") with { Marks = [new Mark(sharpe, $"the strategy {Print.Number(sharpe)}", "center", 0, true)] }, table)
        { Height = 230 };
    }

    private static Chart Overfitting(JsonElement pbo, double[] logits)
    {
        var table = new Table("Probability of backtest overfitting", "<Figure", "Value");
        table.Row("Probability", Print.Number(pbo.NumberAt("probability"), 3)).Row("Configurations", Print.Count(pbo.NumberAt("configurations"))).Row("Splits", Print.Count(logits.Length));
        return new Chart("overfitting", "Does the best configuration stay good?",
            $"Over {logits.Length} splits in halves, the configuration (a seed, or a setting tried before) that was best in one half fell below the median of the other in {Print.Percent(pbo.NumberAt("probability"), 0)}; λ below zero is that case.",
            Binned([.. logits.Order()], [0], "number1", "splits") with { Marks = [new Mark(0, "median", "center", 0, true)], Tail = 1e-9 }, table)
        { Height = 230 };
    }

    private static Histogram Binned(double[] sorted, double[] include, string format, string unit)
    {
        var (low, high) = (Math.Min(sorted[0], include.Min()), Math.Max(sorted[^1], include.Max()));
        const int Bins = 40;
        var width = Math.Max(1e-9, (high - low) / (Bins - 2));
        // 0 is an edge, so that what is below it is drawn as such.
        var first = Math.Floor(low / width) * width;
        var edges = Enumerable.Range(0, Bins + 1).Select(k => Math.Round(first + k * width, 9)).ToArray();
        var counts = new double[Bins];
        foreach (var value in sorted) counts[Math.Clamp((int)Math.Floor((value - first) / width), 0, Bins - 1)]++;
        return new Histogram(edges, counts, format, unit);
    }
}

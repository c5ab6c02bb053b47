using System.Text.Json;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>How a rule was found, from <c>rule.json</c> (<see cref="RuleFile"/>) and <c>search.json</c> (<see cref="SearchFile"/>): soft and hard Sharpe, the descents' ends and paths.</summary>
internal static class RuleSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        var rule = run.Optional("rule.json") ?? default;
        Page.Section(html, "rule", "The rule", "How descent found the parameters, whether other starts end elsewhere, and what was left when soft steps became hard.");
        html.Element("pre", rule.TextAt("formula") ?? "", "formula");
        SoftAndHard(rule).Write(html);
        var folds = rule.ItemsAt("folds").ToArray();
        if (folds.Length > 0)
        {
            html.Open("div", ("class", "charts"));
            foreach (var chart in Paths(rule, folds[^1])) chart.Write(html);
            html.Close();
            if (rule.At("surface") is { } surface) Surface(html, surface);
            Ends(folds[^1]).Write(html);
            html.Element("p", Edges(folds), "reading");
            if (run.Optional("search.json") is { } search) Search(html, rule, search);
        }

        html.Close();
    }

    private static Table SoftAndHard(JsonElement rule)
    {
        var sharpe = rule.At("sharpe") ?? default;
        var table = new Table("Sharpe ratio of the soft and of the hard rule", "<", "In sample, newest fold", "Out of sample");
        table.Row("soft, at the last temperature", Print.Number(sharpe.NumberAt("soft_in_sample")), Print.Number(sharpe.NumberAt("soft_out_of_sample")));
        table.Row("hard", Print.Number(sharpe.NumberAt("hard_in_sample")), Print.Number(sharpe.NumberAt("hard_out_of_sample")));
        return table;
    }

    /// <summary>Each parameter through the epochs of the newest fold's kept descent.</summary>
    private static IEnumerable<Chart> Paths(JsonElement rule, JsonElement fold)
    {
        if (fold.At("path") is not { } path) yield break;
        var epochs = fold.NumbersAt("path_epochs");
        var number = 0;
        foreach (var parameter in path.EnumerateObject())
        {
            var values = parameter.Value.EnumerateArray().Select(item => item.GetDouble()).ToArray();
            var box = rule.At("box")?.At(parameter.Name) ?? default;
            var table = new Table($"${parameter.Name} by epoch", "<Epoch", parameter.Name);
            for (var i = 0; i < epochs.Length; i += Math.Max(1, epochs.Length / 12)) table.Row(Print.Count(epochs[i]), Print.Significant(values[i], 4));
            yield return new Chart($"rule-path-{number++}", $"${parameter.Name} over the epochs",
                $"Newest fold, kept descent: from {Print.Significant(values[0], 3)} to {Print.Significant(values[^1], 3)} in a box of {Print.Significant(box.NumberAt("min"), 3)} … {Print.Significant(box.NumberAt("max"), 3)}.",
                new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis(parameter.Name, "significant", box.TextAt("scale") == "log" ? "log" : "value"), [new DrawnSeries(parameter.Name, values) { X = epochs, Role = "strategy" }]), table)
            { Height = 220 };
        }
    }

    private static void Surface(HtmlWriter html, JsonElement surface)
    {
        GroundCharts.Contour(surface, "rule-surface", "The hard rule over two parameters", "newest fold's train window, the others where descent left them, with the descent's path").Write(html);
        var maxima = (int)surface.NumberAt("local_maxima");
        html.Element("p", $"The map has {maxima} local {(maxima == 1 ? "maximum" : "maxima")}{(maxima > 3 ? ", so the best cell is one of many" : "")}; its best {(surface.At("best_at_edge") is { ValueKind: JsonValueKind.True } ? "lies at the edge of the box: a larger box may hold a better one" : "lies inside the box")}.", "reading");
    }

    private static void Search(HtmlWriter html, JsonElement rule, JsonElement search)
    {
        var folds = search.ItemsAt("folds").ToArray();
        var table = new Table($"Descent and a {search.TextAt("kind")} search of the hard rule on the same train windows", "<Fold", "Descent reached", "after evaluations", "Search reached", "after evaluations", "Search needed for descent's");
        foreach (var fold in folds)
        {
            var needed = fold.NumberAt("evaluations_to_reach_descent");
            table.Row(Print.Count(fold.NumberAt("fold") + 1), Print.Number(fold.NumberAt("descent", "objective"), 3), Print.Count(fold.NumberAt("descent", "evaluations")),
                Print.Number(fold.NumberAt("objective"), 3), Print.Count(search.NumberAt("points")), double.IsNaN(needed) ? "did not reach it" : Print.Number(needed, 0));
        }

        var ahead = folds.Count(fold => fold.NumberAt("descent", "objective") >= fold.NumberAt("objective"));
        html.Element("p", $"On the train windows descent reached at least what the search did in {ahead} of {folds.Length} folds. Out of sample the search's rules have a Sharpe ratio of {Print.Number(search.NumberAt("out_of_sample_sharpe"))}, those of descent {Print.Number(rule.NumberAt("sharpe", "hard_out_of_sample"))}. Every hard rule looked at on either side counts as a trial.", "reading");
        table.Write(html);
    }

    private static Table Ends(JsonElement fold)
    {
        var starts = fold.ItemsAt("starts").ToArray();
        var names = starts[0].At("end")?.EnumerateObject().Select(member => member.Name).ToArray() ?? [];
        var table = new Table("Where every descent of the newest fold ended", ["<Start", "Objective of the hard rule", .. names.Select(name => "$" + name)]);
        var kept = (int)fold.NumberAt("kept");
        foreach (var (start, index) in starts.Select((start, index) => (start, index)))
            table.Row([$"{(index == 0 ? "init" : Print.Count(index + 1))}{(index == kept ? " (kept)" : "")}", Print.Number(start.NumberAt("hard_objective"), 3), .. names.Select(name => Print.Significant(start.NumberAt("end", name), 3))]);
        var objectives = starts.Select(start => start.NumberAt("hard_objective")).Where(double.IsFinite).ToArray();
        if (objectives.Length > 1)
            table.Row(["spread", Print.Number(objectives.Max() - objectives.Min(), 3), .. names.Select(name => Print.Significant(Spread(starts, name), 3))]);
        return table;
    }

    private static double Spread(JsonElement[] starts, string name)
    {
        var values = starts.Select(start => start.NumberAt("end", name)).Where(double.IsFinite).ToArray();
        return values.Length == 0 ? double.NaN : values.Max() - values.Min();
    }

    private static string Edges(JsonElement[] folds)
    {
        var edges = folds.SelectMany(fold => fold.ItemsAt("at_edge").Select(name => name.GetString() ?? "")).GroupBy(name => name, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ToArray();
        return edges.Length == 0
            ? "No parameter ended at an edge of its box."
            : $"At the edge of the box: {string.Join(", ", edges.Select(group => $"${group.Key} in {group.Count()} of {folds.Length} folds"))}. The best may lie outside; widen the box or hold the parameter fixed.";
    }
}

using System.Text.Json;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>
/// What the model listened to. Networks: <c>attribution.json</c> <c>{features[], folds: [{fold, integrated_gradients[], gradient_x_input[]}]}</c>, the mean |credit| of each
/// feature over the test rows. Rules: <c>parameters.json</c> <c>[{fold, seed, values: {name: number}}]</c>, what training made of each parameter.
/// </summary>
internal static class CreditSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        Page.Section(html, "credit", "What it listens to", "Which inputs earned the credit for the positions, and whether that stays the same from fold to fold.");
        html.Open("div", ("class", "charts"));
        if (run.Optional("attribution.json") is { } attribution)
        {
            Attribution(attribution, "integrated_gradients", "Integrated gradients", "the gradient averaged along the way from the mean input to the input, times the input’s distance from that mean").Write(html);
            Attribution(attribution, "gradient_x_input", "Gradient × input", "the local gradient times the input").Write(html);
        }

        if (run.Optional("parameters.json") is { ValueKind: JsonValueKind.Array } parameters)
            foreach (var chart in Paths(parameters)) chart.Write(html);
        html.Close().Close();
    }

    private static Chart Attribution(JsonElement attribution, string method, string title, string meaning)
    {
        var features = attribution.ItemsAt("features").Select(feature => feature.GetString() ?? "").ToArray();
        var folds = attribution.ItemsAt("folds").ToArray();
        var credit = Array.ConvertAll(folds, fold => Shares(fold.NumbersAt(method), features.Length));
        var mean = features.Select((_, feature) => credit.Select(fold => fold[feature]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average()).ToArray();
        var order = Enumerable.Range(0, features.Length).OrderByDescending(feature => mean[feature]).ToArray();
        var names = Array.ConvertAll(folds, fold => fold.TextAt("fold") ?? "");
        var values = Array.ConvertAll(order, feature => Array.ConvertAll(credit, fold => fold[feature]));
        var table = new Table($"{title}: share of the credit by fold", ["<Feature", "Mean", .. names.Select(name => $"Fold {name}")]);
        foreach (var feature in order) table.Row([features[feature], Print.Percent(mean[feature]), .. credit.Select(fold => Print.Percent(fold[feature]))]);
        return new Chart(method.Replace('_', '-'), title + " by feature and fold, % of the credit",
            order.Length == 0 ? "No feature was recorded." : $"{features[order[0]]} earns the most, {Print.Percent(mean[order[0]], 0)} of the credit in the mean of the folds; credit is {meaning}.",
            new HeatMap(Array.ConvertAll(order, feature => features[feature]), names, values, "percent1", "Share of the credit") { Scale = "plain", Labels = names.Length <= 10, LabelFormat = "percentPoints" }, table)
        {
            Height = 34 + 22 * features.Length,
        };
    }

    private static double[] Shares(double[] credit, int features)
    {
        var known = credit.Length == features ? credit : [.. Enumerable.Repeat(double.NaN, features)];
        var total = known.Sum(Math.Abs);
        return Array.ConvertAll(known, value => Math.Abs(value) / total);
    }

    private static IEnumerable<Chart> Paths(JsonElement parameters)
    {
        var units = parameters.EnumerateArray().ToArray();
        var names = units.SelectMany(unit => unit.At("values") is { } values ? values.EnumerateObject().Select(member => member.Name) : []).Distinct(StringComparer.Ordinal);
        var number = 0;
        foreach (var name in names)
        {
            var series = units.GroupBy(unit => unit.TextAt("seed") ?? "0").Select(seed => new DrawnSeries($"seed {seed.Key}", [.. seed.Select(unit => unit.NumberAt("values", name))])
            {
                X = [.. seed.Select(unit => unit.NumberAt("fold"))], Symbols = true,
            }).ToArray();
            var table = new Table($"{name} by fold", ["<Fold", .. series.Select(line => line.Name)]);
            foreach (var fold in series.SelectMany(line => line.X!).Distinct().Order())
                table.Row([Print.Count(fold), .. series.Select(line => Array.IndexOf(line.X!, fold) is >= 0 and var at ? Print.Significant(line.Values[at]) : "–")]);
            var all = series.SelectMany(line => line.Values).Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToArray();
            yield return new Chart($"parameter-{number++}", $"${name} over the folds", $"Training put it between {Print.Significant(all.Min(), 3)} and {Print.Significant(all.Max(), 3)}; a value that jumps from fold to fold is not known from the data.",
                new LineChart(new NumberAxis("Fold", "integer"), new NumberAxis(name, "significant"), series), table)
            { Height = 220 };
        }
    }
}

using System.Text.Json;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>
/// What <c>diagnose</c> left in <c>diagnostics.json</c>: <c>gradient_norms {layers[], epochs[], norms[layer][epoch]}</c>, <c>learning_rate_range {rates[], objectives[]}</c>,
/// <c>learning_rates [{name, rate, objectives[]}]</c>, <c>landscape</c>, <c>descent</c> and <c>surface {x_name, x[], y_name, y[], objective[y][x], path [[x, y]], points[]}</c>,
/// <c>gradient_flow {text, cures[]}</c>, <c>saturation {layers[], epochs[], shares[layer][epoch]}</c>, <c>credit</c> as <see cref="DiagnosisCredit"/> says. Each part is optional.
/// </summary>
internal static class DiagnosticsSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run) => Write(html, run.Optional("diagnostics.json") ?? default);

    /// <summary>Writes the section from the document.</summary>
    public static void Write(HtmlWriter html, JsonElement diagnostics)
    {
        Page.Section(html, "diagnostics", "Training diagnostics", "Whether the gradient reaches every layer, which learning rate trains, and how rough the ground is that is descended.");
        if (diagnostics.TextAt("gradient_flow", "text") is { } flow)
        {
            var cures = diagnostics.ItemsAt("gradient_flow", "cures").Select(cure => cure.GetString()).ToArray();
            html.Element("p", cures.Length == 0 ? flow : $"{flow} What cures it: {string.Join("; ", cures)}.", "lead");
        }

        html.Open("div", ("class", "charts"));
        if (diagnostics.At("gradient_norms") is { } norms) ByLayer(norms).Write(html);
        if (diagnostics.At("saturation") is { } saturation && DiagnosisCredit.Saturation(saturation) is { } saturated) saturated.Write(html);
        if (diagnostics.At("learning_rate_range") is { } range) RateRange(range).Write(html);
        if (diagnostics.ItemsAt("learning_rates").ToArray() is { Length: > 0 } rates) RateComparison(rates).Write(html);
        if (diagnostics.At("landscape") is { } landscape)
            foreach (var chart in GroundCharts.Landscape(landscape)) chart.Write(html);
        if (diagnostics.At("descent") is { } descent) GroundCharts.Descent(descent).Write(html);
        if (diagnostics.At("surface") is { } surface)
            GroundCharts.Contour(surface, "surface", "Parameter surface", "all other parameters are held where training left them").Write(html);
        if (diagnostics.At("credit") is { } credit)
            foreach (var chart in DiagnosisCredit.Of(credit)) chart.Write(html);
        html.Close().Close();
    }

    private static Chart ByLayer(JsonElement norms)
    {
        var epochs = norms.NumbersAt("epochs");
        var layers = norms.ItemsAt("layers").Select(layer => layer.GetString() ?? "").ToArray();
        var values = norms.ItemsAt("norms").Select(row => row.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN).ToArray()).ToArray();
        var table = new Table("Gradient norm by layer", "<Layer", "First", "Last", "Smallest");
        for (var layer = 0; layer < layers.Length; layer++)
            table.Row(layers[layer], Print.Significant(values[layer][0], 3), Print.Significant(values[layer][^1], 3), Print.Significant(values[layer].Min(), 3));
        var ratio = values.Max(row => row[^1]) / Math.Max(1e-300, values.Min(row => row[^1]));
        return new Chart("gradient-by-layer", "Gradient norm by layer", $"At the end the largest gradient of a layer is {Print.Significant(ratio, 2)} times the smallest; many powers of ten would mean that some layers do not learn.",
            new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis("Norm", "significant", "log"), [.. layers.Select((name, layer) => new DrawnSeries(name, values[layer]) { X = epochs })]), table)
        { Height = 280 };
    }

    private static Chart RateRange(JsonElement range)
    {
        var (rates, objectives) = (range.NumbersAt("rates"), range.NumbersAt("objectives"));
        var best = Enumerable.Range(0, rates.Length).MaxBy(row => objectives[row]);
        var suggested = range.NumberAt("suggested");
        var table = new Table("Objective by learning rate", "<Learning rate", "Objective");
        for (var row = 0; row < rates.Length; row += Math.Max(1, rates.Length / 20)) table.Row(Print.Significant(rates[row], 2), Print.Number(objectives[row], 3));
        return new Chart("rate-range", "Learning-rate range", $"With a rate that grows step by step the objective peaks at {Print.Significant(rates[best], 2)}; {(double.IsFinite(suggested) ? $"it rises fastest at {Print.Significant(suggested, 2)}, a good rate to begin with" : "a good rate lies somewhat below")}.",
            new LineChart(new NumberAxis("Learning rate", "significant", "log"), new NumberAxis("Objective", "number2"), [new DrawnSeries("Objective", objectives) { X = rates, Role = "strategy" }])
            {
                Marks = double.IsFinite(suggested) ? [new Mark(suggested, "steepest")] : null,
            }, table)
        { Height = 280 };
    }

    private static Chart RateComparison(JsonElement[] rates)
    {
        var series = rates.Select(rate => (Name: rate.TextAt("name"), Rate: rate.NumberAt("rate"), Values: rate.NumbersAt("objectives")))
            .Select(rate => new DrawnSeries(rate.Name is null ? Print.Significant(rate.Rate, 2) : $"{rate.Name}, {Print.Significant(rate.Rate, 2)}", rate.Values) { X = [.. Enumerable.Range(1, rate.Values.Length).Select(epoch => (double)epoch)] }).ToArray();
        var table = new Table("Objective at the last epoch", "<Learning rate", "Objective");
        foreach (var line in series) table.Row(line.Name, line.Values.Length == 0 ? Print.Undefined : Print.Number(line.Values[^1], 3));
        var best = series.MaxBy(line => line.Values.Length > 0 && double.IsFinite(line.Values[^1]) ? line.Values[^1] : double.NegativeInfinity)!;
        return new Chart("rate-comparison", "Learning rates compared", $"From the same first weights, {best.Name} ends highest at {Print.Number(best.Values[^1])}; a line that breaks off has left the finite numbers.",
            new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis("Objective", "number1"), series), table)
        { Height = 280 };
    }
}

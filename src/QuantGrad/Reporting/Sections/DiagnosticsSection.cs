using System.Text.Json;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>
/// What <c>diagnose</c> left in <c>diagnostics.json</c>: <c>gradient_norms {layers[], epochs[], norms[layer][epoch]}</c>, <c>learning_rate_range {rates[], objectives[]}</c>,
/// <c>learning_rates [{rate, objectives[]}]</c>, <c>landscape</c> and <c>surface {x_name, x[], y_name, y[], objective[y][x], path [[x, y]]}</c>. Each part is optional.
/// </summary>
internal static class DiagnosticsSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run) => Write(html, run.Optional("diagnostics.json") ?? default);

    /// <summary>Writes the section from the document.</summary>
    public static void Write(HtmlWriter html, JsonElement diagnostics)
    {
        Page.Section(html, "diagnostics", "Training diagnostics", "Whether the gradient reaches every layer, which learning rate trains, and how rough the ground is that is descended.");
        html.Open("div", ("class", "charts"));
        if (diagnostics.At("gradient_norms") is { } norms) ByLayer(norms).Write(html);
        if (diagnostics.At("learning_rate_range") is { } range) RateRange(range).Write(html);
        if (diagnostics.ItemsAt("learning_rates").ToArray() is { Length: > 0 } rates) RateComparison(rates).Write(html);
        if (diagnostics.At("landscape") is { } landscape) Ground(landscape, "landscape", "Loss landscape", "the plane holds the path of the weights; steps along it are drawn").Write(html);
        if (diagnostics.At("surface") is { } surface) Ground(surface, "surface", "Parameter surface", "all other parameters are held where training left them").Write(html);
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
        var table = new Table("Objective by learning rate", "<Learning rate", "Objective");
        for (var row = 0; row < rates.Length; row += Math.Max(1, rates.Length / 20)) table.Row(Print.Significant(rates[row], 2), Print.Number(objectives[row], 3));
        return new Chart("rate-range", "Learning-rate range", $"With a rate that grows step by step the objective peaks at {Print.Significant(rates[best], 2)}; a good rate lies somewhat below.",
            new LineChart(new NumberAxis("Learning rate", "significant", "log"), new NumberAxis("Objective", "number2"), [new DrawnSeries("Objective", objectives) { X = rates, Role = "strategy" }]), table)
        { Height = 280 };
    }

    private static Chart RateComparison(JsonElement[] rates)
    {
        var series = rates.Select(rate => (Rate: rate.NumberAt("rate"), Values: rate.NumbersAt("objectives")))
            .Select(rate => new DrawnSeries(Print.Significant(rate.Rate, 2), rate.Values) { X = [.. Enumerable.Range(1, rate.Values.Length).Select(epoch => (double)epoch)] }).ToArray();
        var table = new Table("Objective at the last epoch", "<Learning rate", "Objective");
        foreach (var line in series) table.Row(line.Name, Print.Number(line.Values[^1], 3));
        var best = series.MaxBy(line => double.IsFinite(line.Values[^1]) ? line.Values[^1] : double.NegativeInfinity)!;
        return new Chart("rate-comparison", "Learning rates compared", $"From the same first weights, {best.Name} ends highest at {Print.Number(best.Values[^1])}.",
            new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis("Objective", "number1"), series), table)
        { Height = 280 };
    }

    internal static Chart Ground(JsonElement ground, string id, string title, string meaning)
    {
        var (x, y) = (ground.NumbersAt("x"), ground.NumbersAt("y"));
        var values = ground.ItemsAt("objective").Select(row => row.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN).ToArray()).ToArray();
        var (xName, yName) = (ground.TextAt("x_name") ?? "first direction", ground.TextAt("y_name") ?? "second direction");
        var path = ground.ItemsAt("path").Select(point => point.EnumerateArray().Select(item => item.GetDouble()).ToArray()).Select(point => new[] { Cell(x, point[0]), Cell(y, point[1]) }).ToArray();
        var all = values.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(double.NaN).ToArray();
        var table = new Table($"{title}: objective by {yName} (rows) and {xName}", ["<", .. x.Select(value => Print.Significant(value, 3))]);
        for (var row = 0; row < y.Length; row++) table.Row([Print.Significant(y[row], 3), .. values[row].Select(value => Print.Number(value))]);
        return new Chart(id, title, $"The objective lies between {Print.Number(all.Min())} and {Print.Number(all.Max())} over {yName} (up) and {xName} (across); {meaning}.",
            new HeatMap([.. y.Select(value => Print.Significant(value, 2)).Reverse()], [.. x.Select(value => Print.Significant(value, 2))], [.. values.Reverse()], "number2", "Objective")
            {
                Scale = "plain", Path = path.Length == 0 ? null : [.. path.Select(point => new[] { point[0], y.Length - 1 - point[1] })], ColumnName = xName, RowName = yName,
            }, table)
        { Height = 340 };
    }

    // Where a value lies among the cells of an ascending grid, in cells.
    private static double Cell(double[] grid, double value)
    {
        var at = Math.Clamp(Array.FindIndex(grid, edge => edge >= value), 1, grid.Length - 1);
        return Math.Clamp(at - 1 + (value - grid[at - 1]) / (grid[at] - grid[at - 1]), 0, grid.Length - 1);
    }
}

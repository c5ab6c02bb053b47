using System.Text.Json;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>
/// Who did the work of a watched descent: <c>credit {features[], integrated_gradients[], gradient_x_input[], layers[], descent[]}</c>, and who could not:
/// <c>saturation {layers[], epochs[], shares[layer][epoch]}</c>.
/// </summary>
internal static class DiagnosisCredit
{
    /// <summary>Credit by feature and by layer.</summary>
    public static IEnumerable<Chart> Of(JsonElement credit)
    {
        yield return Shares("credit-features", "Credit by feature", Names(credit, "features"), credit.NumbersAt("integrated_gradients"),
            "moves the positions most", "integrated gradients: the slope of the position along the way from the mean input to the input, times the distance");
        yield return Shares("credit-layers", "Credit by layer", Names(credit, "layers"), credit.NumbersAt("descent"),
            "did most of the descent", "what its steps took off the loss to first order, gradient times step");
    }

    /// <summary>Saturation by layer; null where no layer has an activation of its own.</summary>
    public static Chart? Saturation(JsonElement saturation)
    {
        var (names, epochs) = (Names(saturation, "layers"), saturation.NumbersAt("epochs"));
        var shares = saturation.ItemsAt("shares").Select(row => row.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN).ToArray()).ToArray();
        var known = Enumerable.Range(0, shares.Length).Where(layer => Array.Exists(shares[layer], double.IsFinite)).ToArray();
        if (known.Length == 0) return null;
        var table = new Table("Share of activations that do not learn", "<Layer", "First", "Last", "Largest");
        foreach (var layer in known) table.Row(names[layer], Print.Percent(shares[layer][0]), Print.Percent(shares[layer][^1]), Print.Percent(shares[layer].Max()));
        var most = known.MaxBy(layer => shares[layer][^1]);
        return new Chart("saturation", "Saturation by layer",
            $"At the end {Print.Percent(shares[most][^1])} of {names[most]} does not learn, the most of any layer: values of tanh and sigmoid on their flat ends, units of ReLU and its kin that are off in every row.",
            new LineChart(new NumberAxis("Epoch", "integer"), new NumberAxis("Share", "percent1"), [.. known.Select(layer => new DrawnSeries(names[layer], shares[layer]) { X = epochs })]), table)
        { Height = 280 };
    }

    private static Chart Shares(string id, string title, string[] names, double[] credit, string does, string meaning)
    {
        var total = credit.Sum(Math.Abs);
        var shares = Array.ConvertAll(credit, value => total > 0 ? value / total : double.NaN);
        var order = Enumerable.Range(0, names.Length).OrderByDescending(index => shares[index]).ToArray();
        var table = new Table(title, "<Name", "Share");
        foreach (var index in order) table.Row(names[index], Print.Percent(shares[index]));
        return new Chart(id, title, order.Length == 0 ? "Nothing was recorded." : $"{names[order[0]]} {does}, {Print.Percent(shares[order[0]], 0)}; credit is {meaning}.",
            new BarChart(Array.ConvertAll(order, index => names[index]), "percent1", [new DrawnSeries("Share of the credit", Array.ConvertAll(order, index => shares[index])) { Role = "strategy" }]) { Horizontal = true, Level = 0 }, table)
        { Height = 60 + 24 * Math.Max(3, names.Length) };
    }

    private static string[] Names(JsonElement element, string name) => [.. element.ItemsAt(name).Select(item => item.GetString() ?? "")];
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantGrad.Diagnosing;

/// <summary><c>diagnostics.json</c>: the figures of a <see cref="Diagnosis"/>, six significant digits, null for what is undefined. The same diagnosis gives the same bytes.</summary>
internal static class DiagnosisJson
{
    private static readonly JsonSerializerOptions Options = new() { NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document, a line each member.</summary>
    public static string Write(Diagnosis diagnosis)
    {
        var members = Members(diagnosis).Select(member => $"  {JsonSerializer.Serialize(member.Key)}: {(member.Value is null ? "null" : member.Value.ToJsonString(Options))}");
        return "{\n" + string.Join(",\n", members) + "\n}\n";
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(Diagnosis diagnosis)
    {
        var (ground, trace, land) = (diagnosis.Ground, diagnosis.Descent, diagnosis.Landscape);
        var epochs = Line(Enumerable.Range(1, trace.Objective.Length).Select(epoch => (double)epoch));
        return new JsonObject
        {
            ["strategy"] = ground.Strategy.Name,
            ["fold"] = ground.Fold.Index,
            ["train_start"] = Day(ground.Dates.First),
            ["train_end"] = Day(ground.Dates.Last),
            ["bars"] = ground.Size.Steps,
            ["symbols"] = ground.Size.Assets,
            ["weights"] = trace.Path[0].Length,
            ["learning_rate"] = Number(ground.Strategy.Training.LearningRate),
            ["gradient_flow"] = new JsonObject
            {
                ["verdict"] = diagnosis.Flow.Verdict, ["ratio"] = Number(diagnosis.Flow.Ratio), ["text"] = diagnosis.Flow.Text,
                ["cures"] = new JsonArray([.. diagnosis.Flow.Cures.Select(cure => JsonValue.Create(cure))]),
            },
            ["gradient_norms"] = new JsonObject { ["layers"] = Names(diagnosis.Layers), ["epochs"] = epochs, ["norms"] = Lines(trace.Norms) },
            ["saturation"] = new JsonObject { ["layers"] = Names(diagnosis.Layers), ["epochs"] = epochs.DeepClone(), ["shares"] = Lines(trace.Saturation) },
            ["learning_rate_range"] = new JsonObject
            {
                ["rates"] = Line(diagnosis.Range.Rates), ["objectives"] = Line(diagnosis.Range.Objectives),
                ["suggested"] = Number(diagnosis.Range.Suggested), ["peak"] = Number(diagnosis.Range.Peak),
            },
            ["learning_rates"] = new JsonArray([.. diagnosis.Rates.Select(rate => new JsonObject
            {
                ["name"] = rate.Name, ["rate"] = Number(rate.Rate), ["objectives"] = Line(rate.Objectives),
            })]),
            ["landscape"] = Ground(land.Random, "first random direction", "second random direction"),
            ["descent"] = Ground(land.Along, "from the last weights to the first", "across", land.Points),
            ["credit"] = new JsonObject
            {
                ["features"] = Names(ground.Market.Formulas.Names), ["integrated_gradients"] = Line(diagnosis.Credit.IntegratedGradients),
                ["gradient_x_input"] = Line(diagnosis.Credit.GradientTimesInput), ["layers"] = Names(diagnosis.Layers), ["descent"] = Line(trace.Credit),
            },
        };
    }

    private static JsonObject Ground(Plane plane, string xName, string yName, params LandscapePoint[] points) => new()
    {
        ["x_name"] = xName, ["x"] = Line(plane.X), ["y_name"] = yName, ["y"] = Line(plane.Y), ["objective"] = Lines(plane.Objective), ["path"] = Lines(plane.Path),
        ["points"] = new JsonArray([.. points.Select(point => new JsonObject
        {
            ["epoch"] = point.Epoch, ["x"] = Number(point.X), ["y"] = Number(point.Y), ["kind"] = point.Curvature.Kind, ["smallest_eigenvalue"] = Number(point.Curvature.Smallest),
            ["largest_eigenvalue"] = Number(point.Curvature.Largest), ["gradient_norm"] = Number(point.Curvature.GradientNorm),
        })]),
    };

    private static string Day(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);

    private static JsonArray Lines(IEnumerable<double[]> lines) => new([.. lines.Select(Line)]);

    private static JsonArray Line(IEnumerable<double> values) => new([.. values.Select(Number)]);

    private static JsonNode? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(double.Parse(value.ToString("g6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : null;
}

using System.Text.Json;
using QuantGrad.Sweeping;

namespace QuantGrad.Reporting;

/// <summary>
/// The parts of <c>rule.json</c> that a search and a map leave: <c>search {kind, points, sharpe_out_of_sample, folds [{fold, objective, descent_objective,
/// evaluations_to_reach, values {}, at_edge []}]}</c> and <c>surface {x_name, x[], y_name, y[], objective[y][x], path [[x, y]], local_maxima, best_at_edge}</c>.
/// </summary>
internal static class RuleSearchFile
{
    /// <summary>Writes both parts, each where it was made.</summary>
    public static void Write(Utf8JsonWriter json, RuleEvidence evidence)
    {
        if (evidence.Search is { } search) Write(json, evidence, search);
        if (evidence.Surface is { } surface) Write(json, evidence, surface);
    }

    private static void Write(Utf8JsonWriter json, RuleEvidence evidence, RuleSearch search)
    {
        json.WriteStartObject("search");
        json.WriteString("kind", search.Kind.ToString().ToLowerInvariant());
        json.WriteNumber("points", search.Evaluations);
        Number(json, "sharpe_out_of_sample", evidence.SearchOutOfSample);
        json.WriteStartArray("folds");
        foreach (var fold in search.Folds)
        {
            var descent = evidence.Units.Where(unit => unit.Fold == fold.Fold).Max(unit => unit.Rule!.HardObjective);
            json.WriteStartObject();
            json.WriteNumber("fold", fold.Fold);
            Number(json, "objective", fold.TrainObjective);
            Number(json, "descent_objective", descent);
            Number(json, "evaluations_to_reach", search.EvaluationsToReach(fold.Fold, descent));
            json.WriteStartObject("values");
            for (var i = 0; i < fold.Values.Length; i++) json.WriteNumber(search.Names[i], Math.Round(fold.Values[i], 6));
            json.WriteEndObject();
            json.WriteStartArray("at_edge");
            for (var i = 0; i < fold.AtEdge.Length; i++)
                if (fold.AtEdge[i]) json.WriteStringValue(search.Names[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RuleEvidence evidence, RuleSurface surface)
    {
        json.WriteStartObject("surface");
        json.WriteString("x_name", surface.Second);
        Numbers(json, "x", surface.SecondValues);
        json.WriteString("y_name", surface.First);
        Numbers(json, "y", surface.FirstValues);
        json.WriteStartArray("objective");
        foreach (var row in surface.Objective) Numbers(json, null, row);
        json.WriteEndArray();
        json.WriteStartArray("path");
        var record = evidence.Units[^1].Rule!;
        var parameters = evidence.Strategy.Model.Rule!.Parameters;
        var (across, up) = (parameters.First(parameter => parameter.Name == surface.Second), parameters.First(parameter => parameter.Name == surface.First));
        foreach (var values in record.Starts[record.Kept].Path) Numbers(json, null, [RuleEvidence.Value(record.Names, values, across), RuleEvidence.Value(record.Names, values, up)]);
        json.WriteEndArray();
        json.WriteNumber("local_maxima", surface.LocalMaxima.Count);
        json.WriteBoolean("best_at_edge", surface.BestLiesAtEdge);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string? name, double[] values)
    {
        if (name is null) json.WriteStartArray();
        else json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value)) json.WriteNumberValue(Math.Round(value, 6));
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}

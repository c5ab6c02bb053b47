using System.Text.Json;
using QuantGrad.Sweeping;

namespace QuantGrad.Reporting;

/// <summary>The part <c>surface {x_name, x[], y_name, y[], objective[y][x], path [[x, y]], local_maxima, best_at_edge}</c> of <c>rule.json</c>.</summary>
internal static class RuleSurfaceFile
{
    /// <summary>Writes the part.</summary>
    public static void Write(Utf8JsonWriter json, RuleEvidence evidence, RuleSurface surface)
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
}

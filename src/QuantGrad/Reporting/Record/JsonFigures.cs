using System.Globalization;
using System.Text.Json;

namespace QuantGrad.Reporting.Record;

/// <summary>A figure of <c>metrics.json</c>, or why there is none.</summary>
/// <param name="Value">NaN where it is undefined.</param>
/// <param name="Reason">Why, in words that stand behind "n/a".</param>
internal readonly record struct Figure(double Value, string? Reason)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsDefined => double.IsFinite(Value);
}

/// <summary>Reads members of a JSON document that may be missing, by path.</summary>
internal static class JsonFigures
{
    /// <summary>The member at a path, or null where any part of it is missing or null.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>A text at a path.</summary>
    public static string? TextAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is not { } found ? null : found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText();

    /// <summary>A number at a path; NaN where there is none.</summary>
    public static double NumberAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } found ? found.GetDouble() : double.NaN;

    /// <summary>A figure of a block, with its reason (under <c>reasons</c>) where it is undefined.</summary>
    public static Figure FigureAt(this JsonElement block, string name)
    {
        var value = block.NumberAt(name);
        return new Figure(value, double.IsNaN(value) ? block.TextAt("reasons", name) ?? "not recorded" : null);
    }

    /// <summary>The items of an array at a path; none where it is missing.</summary>
    public static IEnumerable<JsonElement> ItemsAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>The members of an object at a path; none where it is missing.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> MembersAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().Select(member => (member.Name, member.Value)) : [];

    /// <summary>The numbers of an array; null becomes NaN.</summary>
    public static double[] NumbersAt(this JsonElement element, params ReadOnlySpan<string> path) =>
        [.. element.ItemsAt(path).Select(item => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : double.NaN)];

    /// <summary>A value as it is printed among settings: text bare, everything else as JSON.</summary>
    public static string Plain(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() ?? "",
        JsonValueKind.Number => element.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "–",
        _ => element.GetRawText(),
    };
}

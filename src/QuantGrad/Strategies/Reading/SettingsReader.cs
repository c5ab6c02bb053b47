using System.Globalization;
using System.Text.Json.Nodes;

namespace QuantGrad.Strategies.Reading;

/// <summary>
/// Reads the keys of one section. A section is declared once, by the function that asks this reader for its keys: the same calls
/// read and check the file, know the keys for "did you mean", and fill the JSON Schema. Faults are noted and reading goes on with a
/// default value, so that one reading knows every key; <see cref="Problems"/> then speaks.
/// </summary>
/// <param name="map">The section as written, or null when it is left out.</param>
/// <param name="path">Its path, e.g. <c>training</c>; empty for the whole file.</param>
/// <param name="where">How a message begins that is about something left out.</param>
/// <param name="problems">Where faults are noted.</param>
internal sealed class SettingsReader(MapNode? map, string path, string where, Problems problems)
{
    private readonly JsonObject properties = [];
    private readonly JsonArray required = [];
    private readonly int before = problems.Count;

    /// <summary>What this section may hold, once every key was asked for.</summary>
    public JsonObject Schema
    {
        get
        {
            var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties.DeepClone() };
            if (required.Count > 0) schema["required"] = required.DeepClone();
            return schema;
        }
    }

    /// <summary>Where faults are noted.</summary>
    public Problems Problems => problems;

    /// <summary>Whether no fault was noted since this section's reading began: only then are values as written, and can be held against each other.</summary>
    public bool IsSound => problems.Count == before;

    /// <summary>Whether the file has the key with a value.</summary>
    public bool Has(string key) => ValueOf(key) is not null;

    /// <summary>The place to name when a key is at fault: its own, or the section's when it is left out.</summary>
    public string WhereIs(string key) => map?.Find(key)?.Key.Where ?? where;

    /// <summary>The full path of a key.</summary>
    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>A number; required where <paramref name="fallback"/> is null.</summary>
    public double Number(string key, double? fallback, Interval allowed, string summary, string why = "")
    {
        var schema = new JsonObject { ["type"] = "number" };
        allowed.Describe(schema);
        var node = Declare(key, schema, summary, fallback is { } value ? JsonValue.Create(value) : null, isRequired: fallback is null, Words("a number", allowed, why));
        return node is null ? fallback ?? 0 : AsNumber(key, node, Words("a number", allowed, why), allowed, whole: false) ?? 0;
    }

    /// <summary>A whole number; required where <paramref name="fallback"/> is null.</summary>
    public int Whole(string key, int? fallback, int min, int max, string summary)
    {
        var allowed = Interval.AtLeast(min).AtMost(max);
        var words = max == int.MaxValue ? Words("a whole number", Interval.AtLeast(min), "") : Words("a whole number", allowed, "");
        var schema = new JsonObject { ["type"] = "integer" };
        (max == int.MaxValue ? Interval.AtLeast(min) : allowed).Describe(schema);
        var node = Declare(key, schema, summary, fallback is { } value ? JsonValue.Create(value) : null, isRequired: fallback is null, words);
        return node is null ? fallback ?? 0 : (int)(AsNumber(key, node, words, allowed, whole: true) ?? 0);
    }

    /// <summary>A number, or a word (or an empty value) for "none": null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fallback">What is taken when the key is left out.</param>
    /// <param name="word">The word, e.g. <c>none</c> or <c>auto</c>.</param>
    /// <param name="allowed">The values allowed.</param>
    /// <param name="whole">Whether it must be a whole number.</param>
    /// <param name="summary">For the schema.</param>
    public double? NumberOr(string key, double? fallback, string word, Interval allowed, bool whole, string summary)
    {
        var number = new JsonObject { ["type"] = whole ? "integer" : "number" };
        allowed.Describe(number);
        var schema = new JsonObject { ["anyOf"] = new JsonArray(number, new JsonObject { ["enum"] = new JsonArray(word, null) }) };
        var words = Words(whole ? "a whole number" : "a number", allowed, "") + $", or {word}";
        Declare(key, schema, summary, fallback is { } value ? JsonValue.Create(value) : JsonValue.Create(word), isRequired: false, words);
        return map?.Find(key)?.Value switch
        {
            null => fallback,
            ScalarNode { IsNull: true } => null,
            ScalarNode scalar when string.Equals(scalar.Text, word, StringComparison.Ordinal) => null,
            var node => AsNumber(key, node, words, allowed, whole),
        };
    }

    /// <summary>True or false.</summary>
    public bool Flag(string key, bool fallback, string summary)
    {
        var node = Declare(key, new JsonObject { ["type"] = "boolean" }, summary, JsonValue.Create(fallback), isRequired: false, "");
        if (node is null) return fallback;
        if ((node as ScalarNode)?.Text is "true" or "false") return ((ScalarNode)node).Text is "true";
        problems.Add($"{node.Where}: {PathOf(key)} is {node.Found}; expected true or false.");
        return fallback;
    }

    /// <summary>One of the names of an enumeration, in snake_case.</summary>
    public T Choice<T>(string key, T fallback, string summary)
        where T : struct, Enum => ChoiceOr<T>(key, fallback, word: null, summary) ?? fallback;

    /// <summary>One of the names of an enumeration, or a word (or an empty value) for null.</summary>
    public T? ChoiceOr<T>(string key, T? fallback, string? word, string summary)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(FileNaming.Instance.ConvertName).ToList();
        List<string> allowed = word is null ? names : [.. names, word];
        var schema = new JsonObject { ["enum"] = new JsonArray([.. allowed.Select(name => JsonValue.Create(name)), .. word is null ? Array.Empty<JsonNode?>() : [null]]) };
        var byDefault = fallback is { } value ? names[Array.IndexOf(Enum.GetValues<T>(), value)] : word;
        var node = Declare(key, schema, summary, byDefault, isRequired: false, "");
        if (node is null) return map?.Find(key) is not null && word is not null ? null : fallback;
        var text = (node as ScalarNode)?.Text ?? "";
        if (string.Equals(text, word, StringComparison.Ordinal)) return null;
        var index = names.IndexOf(text);
        if (index >= 0) return Enum.GetValues<T>()[index];
        problems.Add($"{node.Where}: {PathOf(key)} is {node.Found}{Choices(text, allowed, "expected")}");
        return fallback;
    }

    /// <summary>Text; required where <paramref name="fallback"/> is null.</summary>
    public string Text(string key, string? fallback, string summary, string expected)
    {
        var node = Declare(key, new JsonObject { ["type"] = "string", ["minLength"] = 1 }, summary, fallback, isRequired: fallback is null, expected);
        if (node is ScalarNode { Text.Length: > 0 } scalar) return scalar.Text.Trim();
        if (node is not null) problems.Add($"{node.Where}: {PathOf(key)} is {node.Found}; expected {expected}.");
        return fallback ?? "";
    }

    /// <summary>A value whose text is understood by <paramref name="parse"/>, which gives null for a text it does not understand.</summary>
    public T? Parsed<T>(string key, string? fallback, bool isRequired, Func<string, T?> parse, JsonObject schema, string summary, string expected)
        where T : struct
    {
        var node = Declare(key, schema, summary, fallback, isRequired, expected);
        if (node is null) return fallback is null ? null : parse(fallback);
        var value = node is ScalarNode scalar ? parse(scalar.Text) : null;
        if (value is null) problems.Add($"{node.Where}: {PathOf(key)} is {node.Found}; expected {expected}.");
        return value;
    }

    /// <summary>A value that the caller reads by itself; null when it is left out.</summary>
    public Node? Value(string key, JsonObject schema, string summary, bool isRequired, string expected) => Declare(key, schema, summary, null, isRequired, expected);

    /// <summary>A section inside this one, read by <paramref name="read"/>; with its keys at their defaults when it is left out.</summary>
    public T Section<T>(string key, string summary, Func<SettingsReader, T> read, bool isRequired = false)
    {
        var node = ValueOf(key);
        if (node is not (null or MapNode)) problems.Add($"{node.Where}: {PathOf(key)} is {node.Found}; expected keys with values.");
        if (node is null && isRequired) problems.Add($"{where}: {PathOf(key)} is missing; {char.ToLowerInvariant(summary[0])}{summary[1..]}");
        var inner = new SettingsReader(node as MapNode, PathOf(key), node?.Where ?? where, node is null ? new Problems() : problems);
        var value = read(inner);
        inner.RefuseUnknown();
        var schema = inner.Schema;
        schema["description"] = summary;
        if (!isRequired) schema["type"] = new JsonArray("object", "null");
        Enter(key, schema, isRequired);
        return value;
    }

    /// <summary>Notes every key that nobody asked for.</summary>
    public void RefuseUnknown()
    {
        var known = properties.Select(property => property.Key).ToList();
        foreach (var entry in map?.Entries ?? [])
        {
            if (properties.ContainsKey(entry.Key.Text)) continue;
            var place = path.Length == 0 ? "" : $" in {path}";
            problems.AddUnknownKey($"{entry.Key.Where}: unknown key \"{entry.Key.Text}\"{place}{Choices(entry.Key.Text, known, "known keys are")}");
        }
    }

    private static string Choices(string text, IReadOnlyCollection<string> known, string all) =>
        NearestName.Hint(text, known) is { Length: > 0 } hint ? hint : $"; {all} {string.Join(", ", known)}.";

    private static string Words(string kind, Interval allowed, string why) => $"{kind}{allowed}{(why.Length == 0 ? "" : ": " + why)}";

    private Node? ValueOf(string key) => map?.Find(key)?.Value is { } value and not ScalarNode { IsNull: true } ? value : null;

    private Node? Declare(string key, JsonObject schema, string summary, JsonNode? byDefault, bool isRequired, string expected)
    {
        schema["description"] = summary;
        if (byDefault is not null) schema["default"] = byDefault;
        Enter(key, schema, isRequired);
        var node = ValueOf(key);
        if (node is null && isRequired) problems.Add($"{WhereIs(key)}: {PathOf(key)} is missing; expected {expected}.");
        return node;
    }

    private void Enter(string key, JsonObject schema, bool isRequired)
    {
        properties[key] = schema;
        if (isRequired) required.Add(key);
    }

    private double? AsNumber(string key, Node node, string expected, Interval allowed, bool whole)
    {
        var text = (node as ScalarNode)?.Text ?? "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && allowed.Contains(value) && (!whole || double.IsInteger(value))) return value;
        problems.Add($"{node.Where}: {PathOf(key)} is {node.Found}; expected {expected}.");
        return null;
    }
}

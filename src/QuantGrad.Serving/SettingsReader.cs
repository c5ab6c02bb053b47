using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace QuantGrad.Serving;

/// <summary>
/// Settings from a JSON file, then environment variables (<c>QUANTGRAD_SERVE_MAX_BODY_MB</c>), then the command line: the later one holds.
/// One flat list of keys; an unknown one is refused with the nearest known.
/// </summary>
public static class SettingsReader
{
    private const string Prefix = "QUANTGRAD_SERVE_";

    private static readonly Dictionary<string, PropertyInfo> Known = typeof(ServerSettings).GetProperties()
        .ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), StringComparer.Ordinal);

    /// <summary>The keys.</summary>
    public static IReadOnlyCollection<string> Keys => Known.Keys;

    /// <summary>Reads settings.</summary>
    /// <param name="file">A JSON object of settings, or null.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="commandLine">Keys and values of the command line.</param>
    /// <exception cref="UsageException">A key is unknown or a value does not fit; names where.</exception>
    public static ServerSettings Read(string? file, IEnumerable<KeyValuePair<string, string?>> environment, IEnumerable<KeyValuePair<string, string>> commandLine)
    {
        var settings = new ServerSettings { Models = "" };
        if (file is not null) ReadFile(file, settings);
        foreach (var (name, value) in environment)
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && value is not null) Set(settings, name[Prefix.Length..].ToLowerInvariant(), value, $"the variable {name}");
        foreach (var (key, value) in commandLine) Set(settings, key, value, $"--set {key}={value}");
        SettingsCheck.Check(settings);
        return settings;
    }

    private static void ReadFile(string file, ServerSettings settings)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException($"{file} is not a JSON object of settings.");
            foreach (var property in document.RootElement.EnumerateObject())
            {
                var value = property.Value.ValueKind == JsonValueKind.Array ? string.Join(',', property.Value.EnumerateArray()) : property.Value.ToString();
                Set(settings, property.Name, value, $"{file}: {property.Name}");
            }
        }
        catch (JsonException failure)
        {
            throw new UsageException($"{file} is not JSON: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The settings {file} could not be read: {failure.Message}", failure);
        }
    }

    private static void Set(ServerSettings settings, string key, string text, string where)
    {
        if (!Known.TryGetValue(key, out var property))
            throw new UsageException($"{where}: '{key}' is no setting of the server{(NearestName.Hint(key, Known.Keys) is { Length: > 0 } near ? near : $"; expected one of {string.Join(", ", Known.Keys)}.")}");
        property.SetValue(settings, Value(property.PropertyType, text.Trim(), where));
    }

    private static object? Value(Type type, string text, string where)
    {
        if (type == typeof(string)) return text.Length == 0 ? null : text;
        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : throw Unfit("true or false");
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : throw Unfit("a whole number");
        if (type == typeof(double)) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Unfit("a number");
        return text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        UsageException Unfit(string right) => new($"{where}: found '{text}', expected {right}.");
    }
}

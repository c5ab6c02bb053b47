using System.Text;
using System.Text.Json;

namespace QuantGrad.Serving.Protocol;

/// <summary>What System.Text.Json leaves open: duplicate keys and numbers beyond their type are refused, and a fault says where.</summary>
internal static class JsonReading
{
    /// <summary>Deepest nesting that is read: tensors of eight dimensions within the protocol's own five levels.</summary>
    public const int MaxDepth = 16;

    public static Utf8JsonReader Open(ReadOnlySpan<byte> json) => new(json, new JsonReaderOptions { MaxDepth = MaxDepth });

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type) throw RequestException.Invalid($"{what} must be {Word(type)}, found {Word(reader.TokenType)}");
    }

    /// <summary>Takes note of a key; refuses one that stood in the object before.</summary>
    /// <param name="seen">The keys so far, one bit each.</param>
    /// <param name="bit">The key's own bit.</param>
    /// <param name="key">Its name.</param>
    public static void Once(ref int seen, int bit, string key)
    {
        if ((seen & (1 << bit)) != 0) throw RequestException.Invalid($"the key '{key}' stands twice in one object");
        seen |= 1 << bit;
    }

    public static RequestException UnknownKey(ref Utf8JsonReader reader, string where, params ReadOnlySpan<string> known) =>
        RequestException.Invalid($"unknown key '{RequestException.Shown(reader.GetString() ?? "")}' in {where}; known are {string.Join(", ", known.ToArray())}");

    public static string Text(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.String, what);
        return reader.GetString()!;
    }

    public static float Float(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out var value) && float.IsFinite(value)) return value;
        throw Unfit(ref reader, what, "finite numbers that fit FP32");
    }

    public static double Double(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value)) return value;
        throw Unfit(ref reader, what, "finite numbers");
    }

    public static long Int64(ref Utf8JsonReader reader, string what)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value)) return value;
        throw Unfit(ref reader, what, "whole numbers of 64 bits");
    }

    public static RequestException NotJson(JsonException failure) => RequestException.Invalid(FormattableString.Invariant(
        $"the body is not valid JSON at line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}"));

    public static string Word(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "the end",
    };

    private static RequestException Unfit(ref Utf8JsonReader reader, string what, string right)
    {
        var found = reader.TokenType == JsonTokenType.Number ? RequestException.Shown(Encoding.UTF8.GetString(reader.ValueSpan)) : Word(reader.TokenType);
        return RequestException.Invalid($"{what} takes {right}, found {found}");
    }
}

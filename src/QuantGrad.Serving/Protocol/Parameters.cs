using System.Text.Json;

namespace QuantGrad.Serving.Protocol;

/// <summary>An object of parameters: scalars under any names, of which each reader knows one; the others are passed over.</summary>
internal static class Parameters
{
    private const int Most = 32;

    /// <summary>Reads the object on which the reader stands.</summary>
    /// <param name="reader">Stands on the object's beginning; ends on its end.</param>
    /// <param name="known">The parameter that matters here.</param>
    /// <returns>Its value, as a flag or a number; false and −1 without it.</returns>
    public static (bool Flag, long Number) Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> known)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartObject, "parameters");
        var (flag, number) = (false, -1L);
        HashSet<string>? others = null;
        var found = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKnown = reader.ValueTextEquals(known);
            var key = isKnown ? "" : reader.GetString()!;
            if (isKnown ? found : !(others ??= new(StringComparer.Ordinal)).Add(key)) throw RequestException.Invalid("a parameter stands twice in one object");
            if (others?.Count > Most) throw RequestException.Invalid($"more than {Most} parameters");
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.Null) throw RequestException.Invalid("a parameter must be text, a number, true or false");
            if (!isKnown) continue;
            found = true;
            if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) flag = reader.GetBoolean();
            else number = JsonReading.Int64(ref reader, "a binary parameter");
        }

        return (flag, number);
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Reporting.Charts;

/// <summary>
/// Chart data as JSON inside a script element: the default encoder writes &lt;, &gt;, &amp;, quotes and everything beyond ASCII as \uXXXX, names are made visible,
/// numbers keep six significant digits (a screen shows three) and NaN is null.
/// </summary>
internal static class ChartJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ShortNumber(), new SafeText(), new PointTriple() },
    };

    /// <summary>The data as one line of JSON.</summary>
    public static string Of(ChartData data) => JsonSerializer.Serialize(data, data.GetType(), Options);

    private sealed class ShortNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (!double.IsFinite(value))
            {
                writer.WriteNullValue();
                return;
            }

            // A day number with its minute needs more than six digits; such values are large, ratios are not, and beyond the digits of a double there is nothing to keep.
            Span<byte> text = stackalloc byte[32];
            var format = Math.Abs(value) is < 1000 or >= 1e15 ? "G6" : value == Math.Floor(value) ? "F0" : "F4";
            if (!value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture)) throw new InvalidOperationException($"{value:R} is longer than {text.Length} characters");
            writer.WriteRawValue(text[..length], skipInputValidation: true);
        }
    }

    private sealed class SafeText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(VisibleText.Of(value));
    }

    // [x, y, name], as the drawing library takes points.
    private sealed class PointTriple : JsonConverter<Point>
    {
        public override Point Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => throw new NotSupportedException("chart data is only written");

        public override void Write(Utf8JsonWriter writer, Point value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            JsonSerializer.Serialize(writer, value.X, options);
            JsonSerializer.Serialize(writer, value.Y, options);
            JsonSerializer.Serialize(writer, value.Label, options);
            writer.WriteEndArray();
        }
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantGrad.Cli.Commands;

/// <summary>How the <c>data</c> commands write JSON and dates (CONTRACT: snake_case, ISO 8601).</summary>
internal static class DataJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new IsoDate() },
    };

    /// <summary>One JSON document.</summary>
    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary><c>2024-03-28</c>, intraday <c>2024-03-28T15:30:00Z</c>.</summary>
    public static string Date(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private sealed class IsoDate : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(Date(value));
    }
}

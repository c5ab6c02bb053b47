using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuantGrad.Exporting;

/// <summary>
/// The manifest as bytes. One manifest has one text: it is read only where writing it again gives the same bytes, and its own
/// checksum stands in it, so that no byte of it can change unnoticed.
/// </summary>
public static class ManifestJson
{
    internal static readonly ManifestContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new BarTimeConverter() },
    });

    /// <summary>The file's bytes, with the manifest's own checksum set.</summary>
    public static byte[] Write(BundleManifest manifest) => Text(manifest with { ManifestSha256 = Checksum(manifest) });

    /// <summary>Reads and checks a manifest.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="ModelException">It is newer, incomplete, changed, or not written by this program.</exception>
    public static BundleManifest Read(ReadOnlySpan<byte> bytes, string name)
    {
        var format = Format(bytes, name);
        if (format > BundleManifest.CurrentFormat)
            throw new ModelException(string.Create(CultureInfo.InvariantCulture, $"{name} has format {format}; this program reads up to {BundleManifest.CurrentFormat}. Use a newer QuantGrad."));
        if (format < 1) throw new ModelException($"{name} does not say its format; expected \"format\": {BundleManifest.CurrentFormat} as a first key.");
        BundleManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(bytes, Context.BundleManifest) ?? throw new ModelException($"{name} is empty.");
        }
        catch (JsonException failure)
        {
            throw new ModelException($"{name} is not a bundle's manifest: {failure.Message}", failure);
        }

        if (manifest.ManifestSha256 != Checksum(manifest) || !bytes.SequenceEqual(Text(manifest)))
            throw new ModelException($"{name} was changed after it was written: its checksum does not fit its content. Export the bundle again.");
        return manifest;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Checksum(BundleManifest manifest) => Sha256(Text(manifest with { ManifestSha256 = "" }));

    private static byte[] Text(BundleManifest manifest) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(manifest, Context.BundleManifest) + "\n");

    /// <summary>The format is read before all else: a newer manifest may hold keys that this program does not know.</summary>
    private static int Format(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.ValueTextEquals("format"u8)
                && reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var format) ? format : 0;
        }
        catch (JsonException failure)
        {
            throw new ModelException($"{name} is not JSON: {failure.Message}", failure);
        }
    }

    /// <summary>Bars' times as in every file: <c>2024-03-28</c>, intraday <c>2024-03-28T15:30:00Z</c>.</summary>
    private sealed class BarTimeConverter : JsonConverter<DateTime>
    {
        private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTime.TryParseExact(reader.GetString(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
                ? time
                : throw new JsonException($"'{reader.GetString()}' is not a date such as 2024-03-28 or 2024-03-28T15:30:00Z.");

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(value.TimeOfDay == TimeSpan.Zero ? Forms[0] : value.Ticks % TimeSpan.TicksPerSecond == 0 ? Forms[1] : Forms[2], CultureInfo.InvariantCulture));
    }
}

/// <summary>Generated reading and writing of the manifest.</summary>
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class ManifestContext : JsonSerializerContext;

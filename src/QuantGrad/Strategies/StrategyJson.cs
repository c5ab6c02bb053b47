using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantGrad.Rules;

namespace QuantGrad.Strategies;

/// <summary>Writes a strategy as canonical JSON: the keys of the file, in the order of the records, numbers in their shortest exact form.</summary>
internal static class StrategyJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = FileNaming.Instance,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(FileNaming.Instance),
            new WriteOnly<WindowLength>((writer, length, _) => writer.WriteStringValue(length.ToString())),
            new WriteOnly<Layer>(WriteLayer),
            new WriteOnly<IReadOnlyList<ObjectiveTerm>>(WriteLoss),
            new WriteOnly<IReadOnlyList<FeatureFormula>>((writer, features, _) =>
            {
                writer.WriteStartObject();
                foreach (var feature in features) writer.WriteString(feature.Name, feature.Formula);
                writer.WriteEndObject();
            }),
            new WriteOnly<IReadOnlyList<RuleParameter>>((writer, parameters, _) =>
            {
                writer.WriteStartObject();
                foreach (var parameter in parameters)
                {
                    writer.WriteStartObject(parameter.Name);
                    writer.WriteNumber("init", parameter.Init);
                    writer.WriteNumber("min", parameter.Min);
                    writer.WriteNumber("max", parameter.Max);
                    if (parameter.Integer) writer.WriteBoolean("integer", true);
                    if (parameter.Each) writer.WriteBoolean("each", true);
                    if (parameter.Scale != ParameterScale.Auto) writer.WriteString("scale", FileNaming.Instance.ConvertName(parameter.Scale.ToString()));
                    writer.WriteEndObject();
                }
                writer.WriteEndObject();
            }),
        },
    };

    /// <summary>The canonical JSON.</summary>
    public static string Write(Strategy strategy) => JsonSerializer.Serialize(strategy, Options);

    // One loss of weight 1 is written by its name alone, as in most files.
    private static void WriteLoss(Utf8JsonWriter writer, IReadOnlyList<ObjectiveTerm> loss, JsonSerializerOptions options)
    {
        if (loss is [{ Weight: 1 } only])
        {
            writer.WriteStringValue(FileNaming.Instance.ConvertName(only.Loss.ToString()));
            return;
        }

        writer.WriteStartObject();
        foreach (var term in loss) writer.WriteNumber(FileNaming.Instance.ConvertName(term.Loss.ToString()), term.Weight);
        writer.WriteEndObject();
    }

    // The record's first property is the layer's main number, which the file writes under the layer's own key.
    private static void WriteLayer(Utf8JsonWriter writer, Layer layer, JsonSerializerOptions options)
    {
        var kind = LayerKind.All.Single(k => k.Type == layer.GetType());
        var properties = JsonSerializer.SerializeToElement(layer, layer.GetType(), options).EnumerateObject().ToList();
        writer.WriteStartObject();
        for (var i = 0; i < properties.Count; i++)
        {
            writer.WritePropertyName(i == 0 ? kind.Key : properties[i].Name);
            properties[i].Value.WriteTo(writer);
        }
        writer.WriteEndObject();
    }

    private sealed class WriteOnly<T>(Action<Utf8JsonWriter, T, JsonSerializerOptions> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("A strategy is read by StrategyFile, from YAML or from this JSON.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value, options);
    }
}

using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace QuantGrad.Exporting;

/// <summary>The JSON Schema of <c>manifest.json</c>, made from the records themselves; the committed <c>manifest.schema.json</c> is this text.</summary>
internal static class ManifestSchema
{
    public static string Text()
    {
        var schema = (JsonObject)ManifestJson.Context.BundleManifest.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "The manifest of a QuantGrad bundle");
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = ManifestJson.Context.Options.Encoder }) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node) return new JsonObject { ["type"] = "string", ["description"] = "Date of a daily bar, 2024-03-28, or close of an intraday one, 2024-03-28T15:30:00Z." };
        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute description])
            node.Insert(0, "description", description.Description);
        return node;
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantGrad.Strategies.Reading;

namespace QuantGrad.Strategies;

/// <summary>The JSON Schema (draft-07) of strategy files, with which an editor completes and checks them.</summary>
public static class StrategySchema
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text, made from the definitions that read the files.</summary>
    public static string Write()
    {
        var reader = new SettingsReader(map: null, path: "", where: "", new Problems());
        StrategyDefinition.Read(reader);
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "QuantGrad strategy",
        };
        foreach (var (key, value) in reader.Schema) schema[key] = value?.DeepClone();
        return schema.ToJsonString(Options) + "\n";
    }
}

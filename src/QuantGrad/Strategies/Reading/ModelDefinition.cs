using System.Text.Json.Nodes;

namespace QuantGrad.Strategies.Reading;

/// <summary>The section <c>model</c>: a network with its layers, a rule with its parameters, or a rule around a network.</summary>
internal static class ModelDefinition
{
    /// <summary>Reads the section.</summary>
    public static ModelSettings Read(SettingsReader model)
    {
        var (network, rule) = (model.Has("network"), model.Has("rule"));
        if (!network && !rule)
            model.Problems.Add($"{model.WhereIs("network")}: model has neither a network nor a rule; expected one of the two, or both with a rule that names network.");

        // Both are read, for their keys and their schema: what is missing in a section that is not there is nobody's fault.
        var readNetwork = model.Section("network", "Layers from the features to the position.", ReadNetwork);
        var readRule = model.Section("rule", "A formula whose parameters are trained.", NamedFormulas.Rule);
        return new ModelSettings(network ? readNetwork : null, rule ? readRule : null);
    }

    private static NetworkSettings ReadNetwork(SettingsReader network) => new(
        ReadLayers(network),
        network.Choice("output", OutputSquash.Tanh, "What squashes the output into the signal: tanh into -1..1, sigmoid into 0..1 (long only)."),
        network.Section("scaling", "How features are scaled before the first layer.", scaling => new ScalingSettings(
            scaling.NumberOr("clip", 5, "none", Interval.Above(0), whole: false, "The largest value kept, in standard deviations of the train rows."))),
        network.Whole("memory", 252, 1, 100_000, "Bars of a symbol on which the state of lstm and gru layers is warmed up before a window's first decision."),
        network.Choice("initialization", Initialization.Auto, "How the weights of dense and convolutional layers begin; zero_head starts flat."));

    private static List<Layer> ReadLayers(SettingsReader network)
    {
        var kinds = LayerKind.All.Select(kind => kind.Key).ToList();
        var entries = LayerKind.All.Select(JsonNode? (kind) => Describe(kind)).ToArray();
        var schema = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["anyOf"] = new JsonArray(entries) } };
        var node = network.Value("layers", schema, "The hidden layers in order; none makes a linear model.", isRequired: false, "");
        List<Layer> layers = [];
        if (node is not (null or ListNode)) network.Problems.Add($"{node.Where}: {network.PathOf("layers")} is {node.Found}; expected a list such as [{{dense: 32, activation: tanh}}].");
        foreach (var (index, item) in ((node as ListNode)?.Items ?? []).Index())
        {
            var path = $"{network.PathOf("layers")}[{index}]";
            LayerKind[] found = [.. ((item as MapNode)?.Entries ?? []).SelectMany(entry => LayerKind.All.Where(kind => kind.Key == entry.Key.Text))];
            if (found.Length > 1)
            {
                network.Problems.Add($"{item.Where}: {path} is {found[0].Key} and {found[1].Key} in one; expected one kind of layer an entry, as in [{{{found[0].Key}: …}}, {{{found[1].Key}: …}}].");
                continue;
            }
            if (found is not [var kind])
            {
                var first = item is MapNode { Entries: [var entry, ..] } ? entry.Key.Text : "";
                var hint = NearestName.Hint(first, kinds) is { Length: > 0 } near ? near : $"; known layers are {string.Join(", ", kinds)}.";
                network.Problems.Add(first.Length == 0 ? $"{item.Where}: {path} is {item.Found}; expected a layer such as {{dense: 32}}." : $"{item.Where}: {path} is no known layer (\"{first}\"){hint}");
                continue;
            }
            var reader = new SettingsReader((MapNode)item, path, item.Where, network.Problems);
            layers.Add(kind.Read(reader));
            reader.RefuseUnknown();
        }
        return layers;
    }

    private static JsonObject Describe(LayerKind kind)
    {
        var reader = new SettingsReader(null, kind.Key, "", new Problems());
        kind.Read(reader);
        var schema = reader.Schema;
        schema["description"] = kind.Summary;
        return schema;
    }
}

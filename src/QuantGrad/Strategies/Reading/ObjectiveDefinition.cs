using System.Text.Json.Nodes;

namespace QuantGrad.Strategies.Reading;

/// <summary>The section <c>objective</c>: one loss by its name, or several with their weights.</summary>
internal static class ObjectiveDefinition
{
    private const string Words = "a loss such as sharpe, or losses with weights such as { sharpe: 1, cvar: 0.2 }";

    private static Dictionary<string, Loss> Names { get; } =
        Enum.GetValues<Loss>().ToDictionary(loss => FileNaming.Instance.ConvertName(loss.ToString()), StringComparer.Ordinal);

    /// <summary>Reads the section.</summary>
    public static ObjectiveSettings Read(SettingsReader objective) => new(
        ReadLoss(objective),
        objective.Number("turnover_penalty", 0, Interval.AtLeast(0), "Taken off the objective per unit of turnover a year."),
        objective.Number("leverage_penalty", 0, Interval.AtLeast(0), "Taken off the objective per unit of mean gross leverage."));

    private static List<ObjectiveTerm> ReadLoss(SettingsReader objective)
    {
        var node = objective.Value("loss", Schema(), "The loss that is minimised, or several losses with their weights.", isRequired: false, Words);
        switch (node)
        {
            case null:
                return [new ObjectiveTerm(Loss.Sharpe, 1)];
            case ScalarNode scalar when Names.TryGetValue(scalar.Text, out var loss):
                return [new ObjectiveTerm(loss, 1)];
            case ScalarNode scalar:
                objective.Problems.Add($"{node.Where}: {objective.PathOf("loss")} is {node.Found}{Hint(scalar.Text)}");
                return [];
            case MapNode { Entries.Count: > 0 } map:
                return ReadTerms(objective, map);
            default:
                objective.Problems.Add($"{node.Where}: {objective.PathOf("loss")} is {(node is MapNode ? "empty" : node.Found)}; expected {Words}.");
                return [];
        }
    }

    private static List<ObjectiveTerm> ReadTerms(SettingsReader objective, MapNode map)
    {
        var reader = new SettingsReader(map, objective.PathOf("loss"), map.Where, objective.Problems);
        List<ObjectiveTerm> terms = [];
        foreach (var (key, _) in map.Entries)
        {
            if (!Names.TryGetValue(key.Text, out var loss)) objective.Problems.AddUnknownKey($"{key.Where}: {objective.PathOf("loss")} has no loss \"{key.Text}\"{Hint(key.Text)}");
            else terms.Add(new ObjectiveTerm(loss, reader.Number(key.Text, null, Interval.Above(0), "Its weight.")));
        }

        return terms;
    }

    private static string Hint(string name) =>
        NearestName.Hint(name, Names.Keys) is { Length: > 0 } near ? near : $"; expected one of {string.Join(", ", Names.Keys)}, or several with weights such as {{ sharpe: 1, cvar: 0.2 }}.";

    private static JsonObject Schema()
    {
        var weights = new JsonObject();
        foreach (var name in Names.Keys) weights[name] = new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0 };
        var names = new JsonArray([.. Names.Keys.Select(name => JsonValue.Create(name))]);
        var several = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["minProperties"] = 1, ["properties"] = weights };
        return new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = names }, several), ["default"] = "sharpe" };
    }
}

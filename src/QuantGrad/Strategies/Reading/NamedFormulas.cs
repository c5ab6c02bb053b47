using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QuantGrad.Rules;

namespace QuantGrad.Strategies.Reading;

/// <summary>The parts of the file whose keys the user names: features, and the parameters of a rule.</summary>
internal static partial class NamedFormulas
{
    private const string NamePattern = "^[A-Za-z_][A-Za-z0-9_]{0,99}$";

    /// <summary>Reads <c>features</c>, in the order written.</summary>
    public static List<FeatureFormula> Features(SettingsReader file)
    {
        var schema = Named(new JsonObject { ["type"] = "string", ["minLength"] = 1 });
        var node = file.Value("features", schema, "Named formulas over bars, in the order of the model's inputs.", isRequired: false, "");
        if (node is not (null or MapNode)) file.Problems.Add($"{node.Where}: features is {node.Found}; expected names with formulas, for instance mom_1m: ret(21).");
        List<FeatureFormula> features = [];
        foreach (var (key, value) in Entries(file, node, "features"))
        {
            if (value is ScalarNode { IsNull: false } formula) features.Add(new FeatureFormula(key.Text, formula.Text.Trim(), value.Where));
            else file.Problems.Add($"{value.Where}: features.{key.Text} is {value.Found}; expected a formula such as ret(21).");
        }
        return features;
    }

    /// <summary>Reads <c>model.rule</c>.</summary>
    public static RuleSettings Rule(SettingsReader rule)
    {
        var node = rule.Value("parameters", Named(Describe()), "The trained parameters, written $name in the formula.", isRequired: true, "names with init, min and max");
        List<RuleParameter> parameters = [];
        foreach (var (key, value) in Entries(rule, node, rule.PathOf("parameters")))
        {
            var path = $"{rule.PathOf("parameters")}.{key.Text}";
            if (value is not MapNode map)
            {
                rule.Problems.Add($"{value.Where}: {path} is {value.Found}; expected {{ init: 10, min: 2, max: 60 }}.");
                continue;
            }
            var reader = new SettingsReader(map, path, value.Where, rule.Problems);
            var parameter = ReadParameter(key.Text, reader);
            reader.RefuseUnknown();
            parameters.Add(parameter);
            if (!reader.IsSound) continue;
            if (!(parameter.Min <= parameter.Init && parameter.Init <= parameter.Max))
                rule.Problems.Add(FormattableString.Invariant($"{value.Where}: {path} has min {parameter.Min}, init {parameter.Init}, max {parameter.Max}; expected min <= init <= max."));
            if (parameter is { Scale: ParameterScale.Log, Min: <= 0 })
                rule.Problems.Add(FormattableString.Invariant($"{value.Where}: {path} has scale log and min {parameter.Min}; expected a min above 0."));
            if (parameter.Integer && Math.Ceiling(parameter.Min) > Math.Floor(parameter.Max))
                rule.Problems.Add(FormattableString.Invariant($"{value.Where}: {path} is an integer between {parameter.Min} and {parameter.Max}, where there is none; expected a box with a whole number in it."));
        }
        var settings = new RuleSettings(
            parameters,
            rule.Text("position", null, "The formula of the position in -1..1.", "a formula such as tanh($gain * ret(21))"),
            rule.Flag("harden", true, "Whether the hard rule is traded, reported and exported: steps are steps, windows and integers are whole."),
            rule.Number("temperature_start", 1, Interval.Above(0).AtMost(100), "How soft the steps are in the first epoch, in usual sizes of what is compared."),
            rule.Number("temperature_end", 0.01, Interval.Above(0).AtMost(100), "How soft the steps are in the last epoch."),
            rule.Whole("starts", 8, 1, 10_000, "Descents from different points of the box, the first from init; the best is kept."),
            ReadSurface(rule, parameters),
            rule.WhereIs("position"));
        if (rule.IsSound && settings.TemperatureEnd > settings.TemperatureStart)
            rule.Problems.Add(FormattableString.Invariant($"{rule.WhereIs("temperature_end")}: {rule.PathOf("temperature_end")} is {settings.TemperatureEnd}, above temperature_start {settings.TemperatureStart}; expected a temperature that falls."));
        return settings;
    }

    /// <summary>Two names of parameters, or nothing.</summary>
    private static List<string>? ReadSurface(SettingsReader rule, List<RuleParameter> parameters)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["minItems"] = 2, ["maxItems"] = 2 };
        var node = rule.Value("surface", schema, "The two parameters over which the report maps the objective; the first two by default.", isRequired: false, "");
        if (node is null or ScalarNode { IsNull: true }) return null;
        List<string> names = node is ListNode list ? [.. list.Items.OfType<ScalarNode>().Select(item => item.Text)] : [];
        if (names.Count == 2 && names[0] != names[1] && names.TrueForAll(name => parameters.Exists(parameter => parameter.Name == name))) return names;
        rule.Problems.Add($"{node.Where}: {rule.PathOf("surface")} is [{string.Join(", ", names)}]; expected two of the parameters, such as [{string.Join(", ", parameters.Take(2).Select(parameter => parameter.Name))}].");
        return null;
    }

    private static RuleParameter ReadParameter(string name, SettingsReader parameter) => new(
        name,
        parameter.Number("init", null, Interval.Any, "Where descent starts."),
        parameter.Number("min", null, Interval.Any, "The lower edge."),
        parameter.Number("max", null, Interval.Any, "The upper edge."),
        parameter.Flag("integer", false, "Whether the hard rule takes it whole; what counts a window's bars is whole in any case."),
        parameter.Choice("scale", ParameterScale.Auto, "How the box is measured: log by ratio, linear evenly; auto is log where min is above 0 and max at least 8 times min."),
        parameter.Flag("each", false, "Whether every symbol has a value of its own; else all share one."));

    private static IEnumerable<MapEntry> Entries(SettingsReader reader, Node? node, string path)
    {
        foreach (var entry in (node as MapNode)?.Entries ?? [])
        {
            if (Name().IsMatch(entry.Key.Text)) yield return entry;
            else reader.Problems.Add($"{entry.Key.Where}: {path} has the name \"{entry.Key.Text}\"; expected a letter or '_', then letters, digits and '_'.");
        }
    }

    private static JsonObject Named(JsonObject value) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = NamePattern },
        ["additionalProperties"] = value,
    };

    private static JsonObject Describe()
    {
        var reader = new SettingsReader(null, "", "", new Problems());
        ReadParameter("", reader);
        return reader.Schema;
    }

    [GeneratedRegex(NamePattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}

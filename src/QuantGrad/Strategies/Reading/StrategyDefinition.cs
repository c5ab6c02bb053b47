using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using QuantGrad.Accounting;

namespace QuantGrad.Strategies.Reading;

/// <summary>The strategy file: every section with its keys, defaults, limits and words. The schema comes from here too.</summary>
internal static partial class StrategyDefinition
{
    private const string WindowWords = "a window such as 5y, 18m, 252b or 252 (bars)";

    /// <summary>Reads the whole file.</summary>
    public static Strategy Read(SettingsReader file) => Read(
        file, ReadName(file), file.Section("data", "The prices.", ReadData, isRequired: true), NamedFormulas.Features(file),
        file.Section("model", "What maps features to a position: a network, a rule, or a rule around a network.", ModelDefinition.Read, isRequired: true));

    private static Strategy Read(SettingsReader file, string name, DataSettings data, IReadOnlyList<FeatureFormula> features, ModelSettings model) => new(
        name, data, features, model,
        Position: file.Section("position", "From the model's output to weights.", ReadPosition),
        Costs: file.Section("costs", "What trading costs, in basis points of the value traded.", ReadCosts),
        Execution: file.Section("execution", "When orders are filled.", ReadExecution),
        Objective: file.Section("objective", "What training maximises.", ObjectiveDefinition.Read),
        Training: file.Section("training", "How it is maximised.", training => TrainingDefinition.Read(training, model.Rule is not null)),
        WalkForward: file.Section("walk_forward", "Which bars train and which test.", ReadWalkForward, isRequired: true),
        Seed: file.Whole("seed", 1, 0, int.MaxValue, "The root of every random stream of a run."));

    private static string ReadName(SettingsReader file)
    {
        var name = file.Text("name", null, "Names the folder of the runs.", "a name of letters, digits, '-', '_' and '.', for instance deep-momentum");
        if (name.Length > 0 && !FolderName().IsMatch(name))
            file.Problems.Add($"{file.WhereIs("name")}: name is \"{name}\"; expected letters, digits, '-', '_' and '.', beginning with a letter or digit.");
        return name;
    }

    private static DataSettings ReadData(SettingsReader data)
    {
        var settings = new DataSettings(
            ReadPaths(data),
            ReadDate(data, "from", "First date used."),
            ReadDate(data, "to", "Last date used."),
            data.NumberOr("periods_per_year", null, "auto", Interval.Above(0), whole: false, "Bars a year for annual figures; auto takes it from the bars."));
        if (settings is { From: { } from, To: { } to } && from > to)
            data.Problems.Add(string.Create(CultureInfo.InvariantCulture, $"{data.WhereIs("to")}: data.to is {to:yyyy-MM-dd}, before data.from {from:yyyy-MM-dd}; expected a later date."));
        return settings;
    }

    private static List<string> ReadPaths(SettingsReader data)
    {
        const string expected = "a file, a folder, or a list of them";
        var text = new JsonObject { ["type"] = "string", ["minLength"] = 1 };
        var schema = new JsonObject { ["anyOf"] = new JsonArray(text, new JsonObject { ["type"] = "array", ["items"] = text.DeepClone() }) };
        var node = data.Value("path", schema, "Price files or folders; relative to the strategy file, or on the command line to the current folder.", isRequired: true, expected);
        List<string> paths = [];
        foreach (var item in node is ListNode list ? list.Items : node is null ? [] : [node])
        {
            if (item is ScalarNode { IsNull: false } path && !path.Text.Contains('\0', StringComparison.Ordinal)) paths.Add(Path.GetFullPath(path.Text, path.Source.Folder));
            else data.Problems.Add($"{item.Where}: data.path is {item.Found}; expected {expected}.");
        }
        return paths;
    }

    private static DateOnly? ReadDate(SettingsReader data, string key, string summary) => data.Parsed<DateOnly>(
        key,
        fallback: null,
        isRequired: false,
        text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        new JsonObject { ["type"] = new JsonArray("string", "null"), ["format"] = "date" },
        summary,
        "a date such as 2024-03-28");

    private static PositionSettings ReadPosition(SettingsReader position) => new(
        position.Choice("sizing", Sizing.VolTarget, "Whether a position is scaled to a volatility."),
        position.Number("vol_target", 0.15, Interval.Above(0).AtMost(10), "Annual volatility aimed at; 0.15 is 15%."),
        position.Whole("vol_span", 60, 2, 100_000, "Span in bars of the exponentially weighted volatility that sizes a position."),
        position.Number("max_leverage", 2, Interval.Above(0).AtMost(1000), "The largest position of one asset, as a multiple of its share of the equity."),
        position.Choice("portfolio", Portfolio.Equal, "How the assets share the equity: equally; by the softmax of the model's scores (long only, sum one); or market neutral (scores less their mean, gross one)."));

    private static CostSettings ReadCosts(SettingsReader costs)
    {
        var allowed = Interval.AtLeast(0).AtMost(10_000);
        return new CostSettings(
            costs.Number("commission_bps", 0, allowed, "Commission."),
            costs.Number("spread_bps", 0, allowed, "The whole spread between bid and ask; a trade pays half."),
            costs.Number("slippage_bps", 0, allowed, "Slippage."),
            costs.Number("borrow_bps_per_year", 0, allowed, "What a short position pays a year."));
    }

    private static ExecutionSettings ReadExecution(SettingsReader execution) => new(
        execution.ChoiceOr<Fill>("fill", null, "auto", "next_open where the data has opens, else next_close (auto); close is the academic convention."));

    private static WalkForwardSettings ReadWalkForward(SettingsReader walk) => new(
        walk.Choice("scheme", WalkForwardScheme.Expanding, "Whether the train window grows or moves."),
        ReadWindow(walk, "train", null, 1, allowPercent: false, "Train window, the first one where it grows."),
        ReadWindow(walk, "validation", "10%", 0, allowPercent: true, "What early stopping looks at, after the train window; a percentage is cut from its tail instead; 0 for none."),
        ReadWindow(walk, "test", null, 1, allowPercent: false, "Test window, which is also the step from fold to fold."),
        (int?)walk.NumberOr("purge", null, "auto", Interval.AtLeast(0).AtMost(100_000), whole: true, "Bars left out between train, validation and test; auto covers horizon and execution lag."),
        walk.Whole("embargo", 0, 0, 100_000, "Further bars left out in each gap, beyond the purge."));

    private static WindowLength ReadWindow(SettingsReader walk, string key, string? fallback, int min, bool allowPercent, string summary)
    {
        var schema = new JsonObject { ["type"] = new JsonArray("string", "integer"), ["pattern"] = allowPercent ? "^[0-9]+[ymb%]?$" : "^[0-9]+[ymb]?$", ["minimum"] = min };
        return walk.Parsed<WindowLength>(
            key,
            fallback,
            isRequired: fallback is null,
            text => WindowLength.TryParse(text, allowPercent, out var length) && length.Count >= min ? length : null,
            schema,
            summary,
            allowPercent ? WindowWords + ", or 10% of the train window" : WindowWords) ?? default;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex FolderName();
}

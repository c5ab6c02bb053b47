using System.Text;
using QuantGrad.Strategies.Reading;

namespace QuantGrad.Strategies;

/// <summary>Reads strategy files.</summary>
public static class StrategyFile
{
    /// <summary>The largest file read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads and checks a strategy file; every default is filled in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Settings over the file's, each <c>key.path=value</c>; relative paths in them start from the current folder.</param>
    /// <exception cref="UsageException">The file is missing or wrong: file, line and key, what was found and what is expected.</exception>
    public static Strategy Read(string path, IReadOnlyList<string>? overrides = null) => Parse(ReadText(path), path, overrides);

    /// <summary>Reads a strategy from text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="path">The file it is from: messages name it and relative paths start from its folder.</param>
    /// <param name="overrides">Settings over the file's, each <c>key.path=value</c>.</param>
    /// <exception cref="UsageException">The text is wrong.</exception>
    public static Strategy Parse(string text, string path, IReadOnlyList<string>? overrides = null)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var root = YamlTree.Read(text, new Source(path, folder, HasLines: true));
        foreach (var setting in overrides ?? []) Overrides.Apply(root, setting);

        var problems = new Problems();
        var file = new SettingsReader(root, path: "", where: path, problems);
        var strategy = StrategyDefinition.Read(file);
        file.RefuseUnknown();
        if (problems.IsEmpty && strategy is { Model.Network: not null, Features.Count: 0 })
            problems.Add($"{file.WhereIs("features")}: features is missing; a network needs at least one, for instance mom_1m: ret(21).");
        if (problems.IsEmpty && strategy.Model.Rule is not null && NetworksOnly(strategy.Training) is { } key)
            problems.Add($"{file.WhereIs("training")}: training.{key} is for networks; the descent of a rule does not know it. Leave it out.");
        if (problems.IsEmpty && strategy.Training.Search != SearchKind.None && NotSearchable(strategy) is { } reason)
            problems.Add($"{file.WhereIs("training")}: training.search tries parameters of a rule, but {reason}; leave it out.");
        if (problems.IsEmpty && strategy.Position.Portfolio.LooksAcross() && strategy.Objective.Loss.Any(term => term.Loss is Loss.Mse or Loss.CrossEntropy))
            problems.Add($"{file.WhereIs("objective")}: objective.loss forecasts each symbol by itself (mse, cross_entropy), and position.portfolio weighs them against one another; use portfolio: equal.");
        problems.ThrowIfAny();
        return strategy;
    }

    private static string? NotSearchable(Strategy strategy) => strategy switch
    {
        { Model.Rule: null } => "the model is a network",
        { Model.Network: not null } => "the rule has a network in it",
        _ when strategy.Model.Rule.Parameters.FirstOrDefault(static parameter => parameter.Each) is { } each => $"${each.Name} has a value for every symbol",
        _ when strategy.Position.Portfolio.LooksAcross() => "position.portfolio weighs the symbols against one another",
        _ => null,
    };

    private static string? NetworksOnly(TrainingSettings training) => training switch
    {
        { Augment: not { Mirror: false, Noise: 0 } } => "augment",
        { Batch: not null } => "batch",
        { WeightAverage: not AverageKind.None } => "weight_average",
        { CostWarmUp: > 0 } => "cost_warm_up",
        { OnDivergence: not DivergenceAnswer.Stop } => "on_divergence",
        _ => null,
    };

    private static string ReadText(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxBytes) throw new UsageException($"{path} has {length} bytes; a strategy file has at most {MaxBytes}.");
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException fault)
        {
            throw new UsageException($"{path} is not UTF-8 text; expected a YAML file.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {Reason(fault, path)}", fault);
        }
    }

    private static string Reason(Exception fault, string path)
    {
        if (Directory.Exists(path)) return "is a folder; expected a strategy file such as strategies/quickstart.yaml.";
        if (fault is not (FileNotFoundException or DirectoryNotFoundException)) return fault.Message;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var beside = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Select(file => Path.GetFileName(file)!) : [];
        return "there is no such strategy file" + (NearestName.Hint(Path.GetFileName(path), beside) is { Length: > 0 } hint ? hint : ".");
    }
}

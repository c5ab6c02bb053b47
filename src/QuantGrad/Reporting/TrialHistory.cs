using System.Text.Json;

namespace QuantGrad.Reporting;

/// <summary>
/// The other settings of a strategy that were tried before this one, found among the runs that lie beside this one and those below the folder of all runs: each of
/// their seeds is a trial that the deflated Sharpe ratio has to pay for. Counted up to the first run of these very settings on this very data, so that repeating a run
/// repeats its figures; these settings on other data are no further trial.
/// </summary>
/// <param name="Settings">Distinct settings tried before.</param>
/// <param name="Trials">Their seeds, summed; for a rule the looks at hard rules of which it kept the best.</param>
/// <param name="Sharpes">Their out-of-sample Sharpe ratios, an observation (not annual), where they have one.</param>
/// <param name="Folders">Their runs' folders, oldest first.</param>
internal sealed record TrialHistory(int Settings, int Trials, IReadOnlyList<double> Sharpes, IReadOnlyList<string> Folders)
{
    // A folder may be somebody else's: a run can be written into it although its list cannot be read.
    private static readonly EnumerationOptions LookAround = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Nothing was tried before.</summary>
    public static TrialHistory None { get; } = new(0, 0, [], []);

    /// <summary>What was tried before a run.</summary>
    /// <param name="runFolder">The run's folder; its neighbours of the same strategy name are looked at.</param>
    /// <param name="reports">The folder of all runs, looked through as well; need not exist.</param>
    /// <param name="strategyName">The strategy's name.</param>
    /// <param name="strategyHash">The hash of the run's settings.</param>
    /// <param name="dataHash">The hash of its prices.</param>
    public static TrialHistory Before(string runFolder, string reports, string strategyName, string strategyHash, string dataHash)
    {
        var beside = Path.GetDirectoryName(Path.GetFullPath(runFolder)) is { } parent ? Directory.GetDirectories(parent, "*", LookAround) : [];
        var kept = beside.Concat(RunCatalog.List(reports).Select(run => Path.GetFullPath(run.Path))).Distinct(StringComparer.Ordinal)
            .Select(Read).OfType<KeptRun>().Where(run => run.Name == strategyName)
            .OrderBy(run => run.Started, StringComparer.Ordinal).ThenBy(run => run.Folder, StringComparer.Ordinal).ToArray();
        var earlier = kept.TakeWhile(run => run.Hash != strategyHash || run.DataHash != dataHash).Where(run => run.IsFinished && run.Hash != strategyHash).DistinctBy(run => run.Hash).ToArray();
        return earlier.Length == 0 ? None : new TrialHistory(earlier.Length, earlier.Sum(run => run.Trials), [.. earlier.Select(run => run.Sharpe).OfType<double>()], [.. earlier.Select(run => run.Folder)]);
    }

    private static KeptRun? Read(string folder)
    {
        var file = Path.Combine(folder, RunRecord.FileName);
        if (!File.Exists(file)) return null;
        try
        {
            using var run = JsonDocument.Parse(File.ReadAllBytes(file));
            var metrics = Path.Combine(folder, "metrics.json");
            var root = run.RootElement;
            return new KeptRun(folder, root.GetProperty("name").GetString()!, root.GetProperty("strategy_sha256").GetString()!, root.GetProperty("data_sha256").GetString()!, root.GetProperty("started").GetString()!,
                TrialsOf(folder, root.GetProperty("strategy").GetProperty("training").GetProperty("seeds").GetInt32()), File.Exists(metrics), Sharpe(metrics));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static int TrialsOf(string folder, int seeds)
    {
        var file = Path.Combine(folder, RuleFile.RuleName);
        if (!File.Exists(file)) return seeds;
        using var rule = JsonDocument.Parse(File.ReadAllBytes(file));
        return Math.Max(seeds, rule.RootElement.GetProperty("looks").GetInt32() + Searched(Path.Combine(folder, SearchFile.Name)));
    }

    private static int Searched(string file)
    {
        if (!File.Exists(file)) return 0;
        using var search = JsonDocument.Parse(File.ReadAllBytes(file));
        return search.RootElement.GetProperty("points").GetInt32();
    }

    private static double? Sharpe(string file)
    {
        if (!File.Exists(file)) return null;
        using var metrics = JsonDocument.Parse(File.ReadAllBytes(file));
        var annual = metrics.RootElement.GetProperty("out_of_sample").GetProperty("sharpe");
        return annual.ValueKind == JsonValueKind.Number ? annual.GetDouble() / Math.Sqrt(metrics.RootElement.GetProperty("periods_per_year").GetDouble()) : null;
    }

    private sealed record KeptRun(string Folder, string Name, string Hash, string DataHash, string Started, int Trials, bool IsFinished, double? Sharpe);
}

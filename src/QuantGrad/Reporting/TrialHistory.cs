using System.Text.Json;

namespace QuantGrad.Reporting;

/// <summary>
/// The other settings of a strategy that were tried before this one, found in the folder where the program keeps the strategy's runs: each of their seeds is a
/// trial that the deflated Sharpe ratio has to pay for. Counted up to the first run of these very settings, so that repeating a run repeats its figures.
/// </summary>
/// <param name="Settings">Distinct settings tried before.</param>
/// <param name="Trials">Their seeds, summed; for a rule the looks at hard rules of which it kept the best.</param>
/// <param name="Sharpes">Their out-of-sample Sharpe ratios, an observation (not annual).</param>
/// <param name="Folders">Their runs' folders, oldest first.</param>
internal sealed record TrialHistory(int Settings, int Trials, IReadOnlyList<double> Sharpes, IReadOnlyList<string> Folders)
{
    /// <summary>Nothing was tried before.</summary>
    public static TrialHistory None { get; } = new(0, 0, [], []);

    /// <summary>What was tried before a run.</summary>
    /// <param name="runFolder">The run's folder; its neighbours of the same strategy name are looked at.</param>
    /// <param name="strategyName">The strategy's name.</param>
    /// <param name="strategyHash">The hash of the run's settings.</param>
    public static TrialHistory Before(string runFolder, string strategyName, string strategyHash)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(runFolder));
        if (parent is null || Path.GetFileName(parent) != strategyName) return None;
        var kept = Directory.GetDirectories(parent).Select(Read).OfType<KeptRun>().Where(run => run.Name == strategyName)
            .OrderBy(run => run.Started, StringComparer.Ordinal).ThenBy(run => run.Folder, StringComparer.Ordinal).ToArray();
        var earlier = kept.TakeWhile(run => run.Hash != strategyHash).Where(run => run.Sharpe is not null).DistinctBy(run => run.Hash).ToArray();
        return earlier.Length == 0 ? None : new TrialHistory(earlier.Length, earlier.Sum(run => run.Trials), [.. earlier.Select(run => run.Sharpe!.Value)], [.. earlier.Select(run => run.Folder)]);
    }

    private static KeptRun? Read(string folder)
    {
        try
        {
            using var run = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, RunRecord.FileName)));
            var root = run.RootElement;
            return new KeptRun(folder, root.GetProperty("name").GetString()!, root.GetProperty("strategy_sha256").GetString()!, root.GetProperty("started").GetString()!,
                TrialsOf(folder, root.GetProperty("strategy").GetProperty("training").GetProperty("seeds").GetInt32()), Sharpe(Path.Combine(folder, "metrics.json")));
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

    private sealed record KeptRun(string Folder, string Name, string Hash, string Started, int Trials, double? Sharpe);
}

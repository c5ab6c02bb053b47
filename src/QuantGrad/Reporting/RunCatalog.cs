using System.Text.Json;

namespace QuantGrad.Reporting;

/// <summary>A run kept in a folder of runs, as its <c>run.json</c> and <c>metrics.json</c> tell it.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Id">The run's name among its strategy's runs.</param>
/// <param name="State"><c>complete</c> or <c>incomplete</c>.</param>
/// <param name="Started">When it began, as written in <c>run.json</c>.</param>
/// <param name="Sharpe">Sharpe ratio out of sample; NaN while there is none.</param>
/// <param name="Path">The run's folder.</param>
public sealed record RunSummary(string Strategy, string Id, string State, string Started, double Sharpe, string Path);

/// <summary>Finds runs: <c>reports/&lt;strategy name&gt;/&lt;run id&gt;/</c>.</summary>
public static class RunCatalog
{
    /// <summary>All runs below a folder, oldest first by their start; a folder without a readable <c>run.json</c> is none.</summary>
    /// <param name="reports">The folder of all runs; need not exist.</param>
    public static IReadOnlyList<RunSummary> List(string reports) => !Directory.Exists(reports)
        ? []
        : [.. Directory.GetFiles(reports, "run.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 })
            .Select(Read).OfType<RunSummary>()
            .OrderBy(run => run.Started, StringComparer.Ordinal).ThenBy(run => run.Path, StringComparer.Ordinal)];

    /// <summary>The folder of a run that is given as a folder, as <c>strategy/id</c>, as an id, or as a strategy's name, which means its newest run.</summary>
    /// <param name="run">What was given.</param>
    /// <param name="reports">The folder of all runs.</param>
    /// <exception cref="UsageException">There is no such run.</exception>
    public static string Find(string run, string reports)
    {
        if (File.Exists(System.IO.Path.Combine(run, "run.json"))) return run;
        var runs = List(reports);
        var found = runs.LastOrDefault(r => Same(r.Strategy, run) || Same(r.Id, run) || Same($"{r.Strategy}/{r.Id}", run) || Same(r.Path, run.TrimEnd('/', '\\')));
        if (found is not null) return found.Path;
        var hint = NearestName.Hint(run, runs.SelectMany(r => new[] { r.Strategy, r.Id }).Distinct(StringComparer.Ordinal));
        throw new UsageException($"{run} is no run: expected a folder with a run.json, or the name of a run below {reports}{(hint.Length > 0 ? hint : " (quantgrad runs lists them).")}");
    }

    private static RunSummary? Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var folder = System.IO.Path.GetDirectoryName(file)!;
            string Text(string key) => json.RootElement.GetProperty(key).GetString() ?? "";
            return new RunSummary(Text("name"), System.IO.Path.GetFileName(folder), Text("state"), Text("started"), Sharpe(folder), folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static double Sharpe(string folder)
    {
        var file = System.IO.Path.Combine(folder, "metrics.json");
        if (!File.Exists(file)) return double.NaN;
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var figure = json.RootElement.GetProperty("out_of_sample").GetProperty("sharpe");
        return figure.ValueKind == JsonValueKind.Number ? figure.GetDouble() : double.NaN;
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}

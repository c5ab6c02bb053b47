using System.Globalization;
using System.Text.Json;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>Where and how a run works; none of it changes a result.</summary>
/// <param name="Out">The run's own folder; null for a new one under <paramref name="Reports"/>.</param>
/// <param name="Reports">The folder of all runs, <c>reports</c> by default.</param>
/// <param name="Threads">Units at a time, at least 1.</param>
/// <param name="Resume">Go on with an incomplete run of the same strategy, data and version.</param>
public sealed record RunOptions(string? Out, string Reports, int Threads, bool Resume);

/// <summary>A run's folder: made, found again, filled file by file.</summary>
internal sealed class RunFolder
{
    private readonly Preparation market;
    private readonly RunRecord record;
    private readonly TimeProvider clock;

    private RunFolder(string path, Preparation market, RunRecord record, TimeProvider clock)
    {
        Path = path;
        this.market = market;
        this.record = record;
        this.clock = clock;
        Units = new UnitStore(System.IO.Path.Combine(path, "units"), market.Strategy.Hash(), market.Data.Sha256, record.Version);
        Directory.CreateDirectory(path);
        Save(ended: null);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The run's name among its strategy's runs.</summary>
    public string Id => record.Id;

    /// <summary>The finished units.</summary>
    public UnitStore Units { get; }

    /// <summary>The folder of the newest fold's bundle.</summary>
    public string Model => System.IO.Path.Combine(Path, "model");

    /// <summary>Makes the folder of a new run, or finds the one to resume.</summary>
    /// <exception cref="UsageException">The folder holds a run already, or there is none to resume.</exception>
    public static RunFolder Open(Preparation market, RunOptions options, string version, TimeProvider clock)
    {
        var started = clock.GetUtcNow();
        var hash = market.Strategy.Hash();
        var id = string.Create(CultureInfo.InvariantCulture, $"{started.UtcDateTime:yyyyMMdd-HHmmss}-{hash[..8]}");
        var ofStrategy = System.IO.Path.Combine(options.Reports, market.Strategy.Name);
        var path = options.Out ?? (options.Resume ? Resumable(ofStrategy, market, version) : null) ?? Free(ofStrategy, id);
        if (File.Exists(System.IO.Path.Combine(path, RunRecord.FileName)))
        {
            if (!options.Resume) throw new UsageException($"{path} holds a run already; give another --out, or --resume to go on with it.");
            if (!IsOf(path, market, version)) throw new UsageException($"{path} holds a run of another strategy, other data or another version; give another --out.");
        }

        return new RunFolder(path, market, new RunRecord(System.IO.Path.GetFileName(System.IO.Path.GetFullPath(path)), version, options.Threads, started), clock);
    }

    /// <summary>Publishes a text file of the run.</summary>
    public void Write(string name, string text) => PublishedFile.WriteText(System.IO.Path.Combine(Path, name), text);

    /// <summary>Publishes a file of the run.</summary>
    public void Write(string name, byte[] bytes) => PublishedFile.WriteBytes(System.IO.Path.Combine(Path, name), bytes);

    /// <summary>Marks the run as complete.</summary>
    public void Complete() => Save(clock.GetUtcNow());

    private static string Free(string folder, string id)
    {
        var path = System.IO.Path.Combine(folder, id);
        for (var suffix = 2; Directory.Exists(path); suffix++) path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{id}-{suffix}"));
        return path;
    }

    private static string? Resumable(string folder, Preparation market, string version) =>
        !Directory.Exists(folder) ? null : Directory.GetDirectories(folder).OrderDescending(StringComparer.Ordinal).FirstOrDefault(run => IsOf(run, market, version));

    private static bool IsOf(string run, Preparation market, string version)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(run, RunRecord.FileName)));
            bool Has(string key, string value) => json.RootElement.TryGetProperty(key, out var found) && string.Equals(found.GetString(), value, StringComparison.Ordinal);
            return Has("strategy_sha256", market.Strategy.Hash()) && Has("data_sha256", market.Data.Sha256) && Has("version", version);
        }
        catch (Exception fault) when (fault is IOException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Save(DateTimeOffset? ended) => Write(RunRecord.FileName, record.Write(market, Units, ended));
}

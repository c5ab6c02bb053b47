namespace QuantGrad.Serving.Repository;

/// <summary>
/// Keeps what is served equal to what lies in the folder. A new version is loaded beside the running ones and then one reference
/// is swapped; a bad one is listed with its reason and changes nothing; a removed one is freed after its last request.
/// </summary>
internal sealed partial class ModelRepository(ServerSettings settings, TimeProvider time, ILogger<ModelRepository> log) : BackgroundService
{
    private readonly VersionLoader loader = new(settings);
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.Models));
    private readonly Dictionary<(string Model, long Number), (string Signature, VersionStatus Status)> known = [];
    private ServedModels served = ServedModels.None;

    /// <summary>What is served now.</summary>
    public ServedModels Served => Volatile.Read(ref served);

    /// <summary>Whether the folder was read once.</summary>
    public bool Looked { get; private set; }

    /// <summary>Leases a version for a request; null for an unknown one.</summary>
    public ModelVersion? Lease(string name, string? version)
    {
        while (true)
        {
            var found = Served.Find(name, version);
            if (found is null || found.TryLease()) return found;
        }
    }

    /// <summary>Compares the folder with what is served, once.</summary>
    public void Look()
    {
        var folders = RepositoryFolder.List(root);
        var present = folders.Select(folder => (folder.Model, folder.Number)).ToHashSet();
        var retired = new List<ModelVersion>();
        var changed = false;
        foreach (var folder in folders)
        {
            var key = (folder.Model, folder.Number);
            var before = known.GetValueOrDefault(key);
            if (before.Status is not null && before.Signature == folder.Signature) continue;
            var status = TryLoad(folder, before.Status);
            if (before.Status?.Serving is { } old && old != status.Serving) retired.Add(old);
            known[key] = (folder.Signature, status);
            changed = true;
            if (status.Serving != before.Status?.Serving) Publish(); // at once: a version does not wait for those after it
        }

        foreach (var key in known.Keys.Where(key => !present.Contains(key)).ToList())
        {
            if (known[key].Status.Serving is { } old) retired.Add(old);
            known.Remove(key);
            changed = true;
            Removed(key.Model, key.Number);
        }

        if (changed) Publish();
        Looked = true;
        foreach (var version in retired) version.Release();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var (_, status) in known.Values) status.Serving?.Release();
        known.Clear();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.ReloadSeconds), time);
        do
        {
            try
            {
                Look();
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Unreadable(root, failure.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private VersionStatus TryLoad(VersionFolder folder, VersionStatus? before)
    {
        try
        {
            var version = loader.Load(folder);
            Loaded(folder.Model, folder.Number);
            return new VersionStatus(folder.Model, folder.Number, version, "");
        }
        catch (Exception failure) when (failure is QuantGradException or IOException or UnauthorizedAccessException)
        {
            Refused(folder.Model, folder.Number, failure.Message);
            return new VersionStatus(folder.Model, folder.Number, before?.Serving, failure.Message.Replace(root, "…", StringComparison.Ordinal));
        }
    }

    private void Publish() =>
        Volatile.Write(ref served, new ServedModels([.. known.Values.Select(entry => entry.Status).OrderBy(status => status.Model, StringComparer.Ordinal).ThenBy(status => status.Number)]));

    [LoggerMessage(1, LogLevel.Information, "Model {Model} version {Version} is loaded")]
    private partial void Loaded(string model, long version);

    [LoggerMessage(2, LogLevel.Error, "Model {Model} version {Version} is refused: {Reason}")]
    private partial void Refused(string model, long version, string reason);

    [LoggerMessage(3, LogLevel.Information, "Model {Model} version {Version} is removed")]
    private partial void Removed(string model, long version);

    [LoggerMessage(4, LogLevel.Error, "The repository {Folder} cannot be read: {Reason}")]
    private partial void Unreadable(string folder, string reason);
}

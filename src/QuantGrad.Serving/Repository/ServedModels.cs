using System.Collections.Frozen;

namespace QuantGrad.Serving.Repository;

/// <summary>What is served at a moment: never changed, replaced as a whole.</summary>
internal sealed class ServedModels
{
    private readonly FrozenDictionary<string, Model> models;

    public ServedModels(IReadOnlyList<VersionStatus> all)
    {
        All = all;
        models = all.Where(status => status.Serving is not null).GroupBy(status => status.Model, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => new Model([.. group.Select(status => status.Serving!).OrderBy(version => version.Number)]), StringComparer.Ordinal);
        Ready = models.Values.SelectMany(model => model.Versions).ToArray();
    }

    /// <summary>Nothing yet.</summary>
    public static ServedModels None { get; } = new([]);

    /// <summary>Every version directory, by name and number.</summary>
    public IReadOnlyList<VersionStatus> All { get; }

    /// <summary>Every version that answers.</summary>
    public IReadOnlyList<ModelVersion> Ready { get; }

    /// <summary>Finds a version; the newest without a version. The text of a version has one form, so 01 is unknown.</summary>
    public ModelVersion? Find(string name, string? version)
    {
        if (!models.TryGetValue(name, out var model)) return null;
        if (version is null) return model.Versions[^1];
        foreach (var candidate in model.Versions)
            if (candidate.Version == version) return candidate;
        return null;
    }

    /// <summary>The version directory, the newest without a version, that is there and not served; null without one.</summary>
    public VersionStatus? Refused(string name, string? version) =>
        All.LastOrDefault(status => status.Serving is null && status.Model == name && (version is null || status.Version == version));

    /// <summary>All versions of a model that answer, oldest first; null for an unknown model.</summary>
    public IReadOnlyList<ModelVersion>? Versions(string name) => models.TryGetValue(name, out var model) ? model.Versions : null;

    private sealed record Model(ModelVersion[] Versions);
}

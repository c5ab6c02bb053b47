using QuantGrad.Exporting;
using QuantGrad.Inference;

namespace QuantGrad.Serving.Repository;

/// <summary>From a directory to a version that answers: verified, loaded, warmed up.</summary>
/// <param name="settings">Whether foreign models are taken.</param>
internal sealed class VersionLoader(ServerSettings settings)
{
    private const int WarmUpCalls = 3;

    /// <summary>Loads a version.</summary>
    /// <exception cref="ModelException">It is damaged, refused, or not what its directory says.</exception>
    public ModelVersion Load(VersionFolder folder)
    {
        var foreign = !File.Exists(Path.Combine(folder.Path, Bundle.ManifestFile));
        if (foreign && !settings.AllowForeignModels)
            throw new ModelException($"{folder.Path} holds no {Bundle.ManifestFile}; models of others are served only with allow_foreign_models.");
        var bundle = foreign ? null : BundleReader.Verify(folder.Path);
        var path = Path.Combine(folder.Path, Bundle.ModelFile);
        var session = bundle?.Open() ?? new OnnxSession(BundleReader.VerifyForeign(path), name: path);
        try
        {
            session.WarmUp(bundle?.Manifest.SequenceBars ?? 0, WarmUpCalls);
            return new ModelVersion(folder.Model, folder.Number, session, bundle);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}

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
            WarmUp(session, bundle?.Manifest.SequenceBars ?? 0);
            return new ModelVersion(folder.Model, folder.Number, session, bundle);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The first calls of a session allocate and choose kernels: that is done before anybody waits.</summary>
    private static void WarmUp(OnnxSession session, int sequenceBars)
    {
        var binding = session.Rent();
        for (var index = 0; index < session.Inputs.Count; index++)
            binding.SetShape(index, [.. session.Inputs[index].Dimensions.Select((size, axis) => Math.Max(axis == 1 ? sequenceBars : 1, Math.Max(1, size)))]);
        for (var call = 0; call < WarmUpCalls; call++) binding.Run();
        session.Return(binding);
    }
}

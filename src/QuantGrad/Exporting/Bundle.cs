using QuantGrad.Inference;

namespace QuantGrad.Exporting;

/// <summary>A verified bundle: what was checked is what is loaded, nothing is read twice.</summary>
public sealed class Bundle
{
    internal Bundle(string folder, BundleManifest manifest, byte[] model) => (Folder, Manifest, Model) = (folder, manifest, model);

    /// <summary>The graph's file.</summary>
    public const string ModelFile = "model.onnx";

    /// <summary>The manifest's file.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>The graph's input, float32 <c>[batch, F]</c>, of a sequence model <c>[batch, time, F]</c>.</summary>
    public const string InputName = "features";

    /// <summary>The graph's output, float32 <c>[batch, 1]</c>, of a sequence model <c>[batch, time, 1]</c>.</summary>
    public const string OutputName = "position";

    /// <summary>Where it was read from.</summary>
    public string Folder { get; }

    /// <summary>The manifest.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The bytes of the graph.</summary>
    public ReadOnlyMemory<byte> Model { get; }

    /// <summary>Loads the graph and checks that its inputs and outputs are those of the contract.</summary>
    /// <exception cref="ModelException">The runtime refuses it, or its signature does not fit the manifest.</exception>
    public OnnxSession Open(OnnxSessionOptions? options = null)
    {
        var session = new OnnxSession(Model.Span, options, Path.Combine(Folder, ModelFile));
        try
        {
            Fit(session.Inputs, InputName, Manifest.Features.Count, "input");
            Fit(session.Outputs, OutputName, 1, "output");
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return session;
    }

    private void Fit(IReadOnlyList<OnnxTensorInfo> tensors, string name, int width, string what)
    {
        var rank = Manifest.SequenceBars > 0 ? 3 : 2;
        if (tensors is [{ ElementType: OnnxElementType.Float } tensor] && tensor.Name == name && tensor.Dimensions.Length == rank && tensor.Dimensions[^1] == width) return;
        throw new ModelException(
            $"{Path.Combine(Folder, ModelFile)} has the {what}s [{string.Join("; ", tensors)}]; the manifest expects {name}: float [batch, {(rank == 3 ? "time, " : "")}{width}].");
    }
}

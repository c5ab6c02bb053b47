using QuantGrad.Inference;

namespace QuantGrad.Exporting;

/// <summary>Writes a bundle whole or not at all: beside its target, flushed, verified as a reader would, and renamed.</summary>
public static class BundleWriter
{
    /// <summary>Writes a bundle; one that is already there is replaced.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="manifest">Everything but the files and the checksum, which are set here.</param>
    /// <param name="model">The graph, an ONNX file.</param>
    /// <returns>The manifest as written.</returns>
    /// <exception cref="ModelException">What would be written would be refused by <see cref="BundleReader"/> or by ONNX Runtime.</exception>
    public static BundleManifest Write(string folder, BundleManifest manifest, ReadOnlySpan<byte> model)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var beside = FormattableString.Invariant($"{target}.{Environment.ProcessId}.partial");
        var written = manifest with { Files = [new BundleFile(Bundle.ModelFile, model.Length, ManifestJson.Sha256(model))] };
        try
        {
            Directory.CreateDirectory(beside);
            WriteFlushed(Path.Combine(beside, Bundle.ModelFile), model);
            WriteFlushed(Path.Combine(beside, Bundle.ManifestFile), ManifestJson.Write(written));
            var verified = BundleReader.Verify(beside);
            using (var session = verified.Open()) session.WarmUp(written.SequenceBars, calls: 1);
            Publish(beside, target);
            return verified.Manifest;
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    private static void WriteFlushed(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    private static void Publish(string beside, string target)
    {
        var old = FormattableString.Invariant($"{target}.{Environment.ProcessId}.old.partial");
        if (Directory.Exists(target)) Directory.Move(target, old);
        Directory.Move(beside, target);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
    }
}

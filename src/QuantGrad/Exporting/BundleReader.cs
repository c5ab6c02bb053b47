namespace QuantGrad.Exporting;

/// <summary>Reads a bundle and believes nothing: manifest, checksums, the graph's operators, and whether this program knows its features.</summary>
public static class BundleReader
{
    private const int ManifestLimitBytes = 4 << 20;
    private const long ModelLimitBytes = 1L << 30;

    /// <summary>Reads and verifies a bundle. The graph is not run; <see cref="Bundle.Open"/> loads it.</summary>
    /// <param name="folder">The folder with <c>model.onnx</c> and <c>manifest.json</c>.</param>
    /// <returns>The bundle.</returns>
    /// <exception cref="ModelException">A byte was changed, a file is missing, the graph holds what is refused, a feature is not known, the format is newer.</exception>
    public static Bundle Verify(string folder) => Verify(folder, ReadWhole);

    internal static Bundle Verify(string folder, Func<string, long, byte[]> read)
    {
        var manifestPath = Path.Combine(folder, Bundle.ManifestFile);
        var manifest = ManifestJson.Read(read(manifestPath, ManifestLimitBytes), manifestPath);
        byte[]? model = null;
        foreach (var file in manifest.Files)
        {
            if (file.Name.Length == 0 || file.Name != Path.GetFileName(file.Name) || file.Name.Contains('\\') || file.Name is "." or "..")
                throw new ModelException($"{manifestPath} lists the file '{file.Name}'; a bundle's files lie in its own folder.");
            var path = Path.Combine(folder, file.Name);
            var bytes = read(path, ModelLimitBytes);
            if (bytes.Length != file.Bytes || ManifestJson.Sha256(bytes) != file.Sha256)
                throw new ModelException($"{path} was changed: its SHA-256 is {ManifestJson.Sha256(bytes)}, the manifest says {file.Sha256}. Export the bundle again.");
            if (file.Name == Bundle.ModelFile) model = bytes;
        }

        if (model is null) throw new ModelException($"{manifestPath} lists no {Bundle.ModelFile}.");
        OnnxInspection.Check(model, Path.Combine(folder, Bundle.ModelFile));
        ManifestCheck.Check(manifest, manifestPath);
        manifest.CompileFeatures(folder);
        return new Bundle(folder, manifest, model);
    }

    /// <summary>Verifies a model that brings no manifest of ours: no data outside the file, no domains but ONNX's own.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ModelException">It holds what is refused.</exception>
    public static byte[] VerifyForeign(string path)
    {
        var bytes = ReadWhole(path, ModelLimitBytes);
        OnnxInspection.Check(bytes, path, anyOperator: true);
        return bytes;
    }

    private static byte[] ReadWhole(string path, long limit)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > limit) throw new ModelException($"{path} has {file.Length} bytes; at most {limit} are read.");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException($"{path} does not exist; a bundle is a folder with {Bundle.ModelFile} and {Bundle.ManifestFile}.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} could not be read: {failure.Message}", failure);
        }
    }
}

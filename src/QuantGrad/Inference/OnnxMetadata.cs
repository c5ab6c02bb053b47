namespace QuantGrad.Inference;

/// <summary>What a model says of itself.</summary>
/// <param name="Producer">The program that wrote it.</param>
/// <param name="GraphName">The graph's name.</param>
/// <param name="Domain">A namespace; <c>org.quantgrad</c> for ours.</param>
/// <param name="Description">A text for people.</param>
/// <param name="Version">A growing integer.</param>
/// <param name="Custom">The key-value pairs of <c>metadata_props</c>, in ordinal order.</param>
public sealed record OnnxMetadata(string Producer, string GraphName, string Domain, string Description, long Version, IReadOnlyDictionary<string, string> Custom)
{
    internal static unsafe OnnxMetadata Read(nint session)
    {
        using var metadata = new OnnxHandle(OnnxApi.Get(OnnxApi.Function.SessionGetModelMetadata, session, "could not read the metadata"), OnnxApi.Function.ReleaseModelMetadata);
        var pointer = metadata.Pointer;
        long version;
        OnnxApi.Check(((delegate* unmanaged<nint, long*, nint>)OnnxApi.At(OnnxApi.Function.MetadataVersion))(pointer, &version), "could not read the version");
        return new OnnxMetadata(
            Text(OnnxApi.Function.MetadataProducer), Text(OnnxApi.Function.MetadataGraphName), Text(OnnxApi.Function.MetadataDomain),
            Text(OnnxApi.Function.MetadataDescription), version, Pairs(pointer));

        string Text(OnnxApi.Function field)
        {
            nint text;
            OnnxApi.Check(((delegate* unmanaged<nint, nint, nint*, nint>)OnnxApi.At(field))(pointer, OnnxEnvironment.Allocator, &text), "could not read the metadata");
            return OnnxEnvironment.TakeString(text) ?? "";
        }
    }

    private static unsafe SortedDictionary<string, string> Pairs(nint metadata)
    {
        nint* keys;
        long count;
        OnnxApi.Check(((delegate* unmanaged<nint, nint, nint**, long*, nint>)OnnxApi.At(OnnxApi.Function.MetadataKeys))(metadata, OnnxEnvironment.Allocator, &keys, &count), "could not list the metadata");
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            nint value;
            var status = ((delegate* unmanaged<nint, nint, nint, nint*, nint>)OnnxApi.At(OnnxApi.Function.MetadataLookup))(metadata, OnnxEnvironment.Allocator, keys[index], &value);
            OnnxApi.Check(status, "could not read the metadata");
            if (OnnxEnvironment.TakeString(keys[index]) is { } key && OnnxEnvironment.TakeString(value) is { } text) pairs[key] = text;
        }

        if (keys is not null) OnnxEnvironment.Free((nint)keys);
        return pairs;
    }
}

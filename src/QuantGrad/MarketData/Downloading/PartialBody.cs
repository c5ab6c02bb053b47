namespace QuantGrad.MarketData.Downloading;

/// <summary>The beginning of a body that broke off, kept in a file between two calls of the program where one is named.</summary>
/// <param name="path">The file; null to keep it in memory only.</param>
internal sealed class PartialBody(string? path)
{
    private MemoryStream _bytes = Read(path);
    private bool _isDone;

    /// <summary>Whether another attempt goes on where this one broke off.</summary>
    internal bool IsResumable => path is not null;

    /// <summary>How many bytes there are.</summary>
    internal long Length => _bytes.Length;

    /// <summary>Adds what came in.</summary>
    internal void Append(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    /// <summary>The whole body; it is forgotten unless reading it fails.</summary>
    internal byte[] TakeAll()
    {
        _isDone = true;
        return _bytes.ToArray();
    }

    /// <summary>Begins anew.</summary>
    internal void Forget()
    {
        _bytes = new MemoryStream();
        _isDone = false;
    }

    /// <summary>Writes what there is for the next call, or removes the file where nothing is missing.</summary>
    internal void Save()
    {
        if (path is null) return;
        if (_isDone || Length == 0) File.Delete(path);
        else File.WriteAllBytes(path, _bytes.ToArray());
    }

    private static MemoryStream Read(string? path)
    {
        var stream = new MemoryStream();
        if (path is not null && File.Exists(path)) stream.Write(File.ReadAllBytes(path));
        return stream;
    }
}

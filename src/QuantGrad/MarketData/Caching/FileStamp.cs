namespace QuantGrad.MarketData.Caching;

/// <summary>A file's length and time of change.</summary>
/// <param name="Length">Bytes.</param>
/// <param name="Changed">Ticks of UTC.</param>
internal sealed record FileStamp(long Length, long Changed)
{
    /// <summary>The stamp of a file now; null where there is none.</summary>
    internal static FileStamp? Of(string path)
    {
        var info = new FileInfo(path);
        return info.Exists ? new FileStamp(info.Length, info.LastWriteTimeUtc.Ticks) : null;
    }
}

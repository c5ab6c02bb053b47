namespace QuantGrad.MarketData.Caching;

/// <summary>
/// Keeps the bars of large price files as columns beside them, in <c>.cache/NAME.bars</c>, so that the next read takes no parsing and no checking. An
/// entry belongs to the file's SHA-256 and to this build of the program. While the file's length and time of change are those of the entry, its
/// content is taken as unchanged without being hashed again (as make and git do); otherwise the hash decides. Entries may be deleted at any time.
/// </summary>
/// <param name="isOn">Whether anything is kept.</param>
internal sealed class PriceCache(bool isOn)
{
    /// <summary>Files of less text than this are read faster than an entry would be looked up.</summary>
    internal const int SmallestText = PriceParts.SmallestFile;

    private readonly Dictionary<string, (FileStamp Stamp, string Sha256)> _toKeep = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    /// <summary>Keeps nothing.</summary>
    internal static PriceCache None => new(isOn: false);

    /// <summary>Keeps entries beside the files.</summary>
    internal static PriceCache Beside => new(isOn: BitConverter.IsLittleEndian);

    /// <summary>What could not be kept, and why: reading goes on without.</summary>
    internal IReadOnlyList<string> Notes => _notes;

    /// <summary>Where the entry of a file lies.</summary>
    internal static string EntryOf(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ".cache", Path.GetFileName(path) + ".bars");

    /// <summary>Reads a file, from its entry where there is a valid one; what was found wrong when the entry was made is told again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWhole">Whether all bars are used as they are; otherwise the bars are checked again, which entries with defects are no good for.</param>
    /// <param name="log">Takes what is wrong.</param>
    internal PriceFile Read(string path, bool isWhole, DefectLog log)
    {
        if (!isOn || FileStamp.Of(path) is not { } stamp) return PriceReader.Read(PriceText.Open(path), log);
        using var entry = BarStore.Open(EntryOf(path));
        var isUsable = entry is not null && (isWhole || entry.Meta.Defects.Length == 0);
        if (isUsable && entry!.IsOf(stamp) && entry.Load(path, hasPlaces: !isWhole) is { } kept) return Told(kept, entry, log);
        var text = PriceText.Open(path);
        if (isUsable && text.Hash() is var hash && entry!.Meta.Sha256 == hash && entry.Load(path, hasPlaces: true) is { } same)
        {
            Store(path, stamp, hash, same, entry.Meta.Defects);
            return Told(same, entry, log);
        }

        if (text.Utf8.Length >= SmallestText) _toKeep[path] = (stamp, text.Hash());
        return PriceReader.Read(text, log);
    }

    /// <summary>Keeps what was read and checked in this call.</summary>
    /// <param name="path">The file.</param>
    /// <param name="file">Its series, in order of time and checked.</param>
    /// <param name="defects">What was found wrong with it.</param>
    internal void Keep(string path, PriceFile file, IEnumerable<Defect> defects)
    {
        if (_toKeep.TryGetValue(path, out var known) && file.Format is not null) Store(path, known.Stamp, known.Sha256, file, [.. defects]);
    }

    /// <summary>The hash of a file that is going to be kept, which need not be computed twice.</summary>
    internal string? HashOf(string path) => _toKeep.TryGetValue(path, out var known) ? known.Sha256 : null;

    private static PriceFile Told(PriceFile file, BarStore entry, DefectLog log)
    {
        log.AddKnown(entry.Meta.Defects);
        return file;
    }

    private void Store(string path, FileStamp stamp, string sha256, PriceFile file, Defect[] defects)
    {
        try
        {
            BarStore.Write(EntryOf(path), stamp, sha256, file, defects);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _notes.Add($"{path}: its bars could not be kept for the next read: {fault.Message}");
        }
    }
}

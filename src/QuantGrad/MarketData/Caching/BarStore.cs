using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace QuantGrad.MarketData.Caching;

/// <summary>One entry of the cache: a line of JSON that says what it holds, then each column as it lies in memory.</summary>
internal sealed class BarStore : IDisposable
{
    // A file that changed this shortly before it was kept may change again without its time of change showing it.
    private static readonly long Settling = TimeSpan.FromSeconds(2).Ticks;
    private readonly SafeFileHandle _file;
    private readonly int _begin;
    private readonly long _made;

    private BarStore(SafeFileHandle file, BarStoreMeta meta, int begin, long made) => (_file, Meta, _begin, _made) = (file, meta, begin, made);

    /// <summary>What the entry holds.</summary>
    internal BarStoreMeta Meta { get; }

    /// <summary>Opens an entry; null where there is none, or none that this build wrote whole.</summary>
    internal static BarStore? Open(string path)
    {
        if (!File.Exists(path)) return null;
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            var head = new byte[Math.Min(length, 1 << 20)];
            var read = RandomAccess.Read(file, head, 0);
            var end = head.AsSpan(0, read).IndexOf((byte)'\n');
            var meta = end < 0 ? null : JsonSerializer.Deserialize<BarStoreMeta>(head.AsSpan(0, end));
            if (meta is not null && meta.Build == BarStoreMeta.ThisBuild && length == end + 1 + meta.Series.Sum(series => series.Bytes))
                return new BarStore(file, meta, end + 1, File.GetLastWriteTimeUtc(path).Ticks);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            // An entry that cannot be read is as good as none.
        }

        file?.Dispose();
        return null;
    }

    /// <summary>Whether the file with this stamp is the one that the entry was made of, without a look at its content.</summary>
    internal bool IsOf(FileStamp stamp) => Meta.Stamp == stamp && _made - stamp.Changed > Settling;

    /// <summary>The bars; null where the entry is damaged.</summary>
    /// <param name="path">The price file.</param>
    /// <param name="hasPlaces">Whether the rows' places in the file are read at once; otherwise when the first is asked for, which is seldom.</param>
    internal PriceFile? Load(string path, bool hasPlaces)
    {
        var source = new BarSource(path, new LineIndex(() => PriceText.Read(path).Utf8));
        var series = new List<BarSeries>();
        long at = _begin;
        foreach (var meta in Meta.Series)
        {
            var one = new BarSeries(meta.Symbol, source, meta.HasOpenHighLow, meta.HasVolume, meta.Count) { Count = meta.Count, IsPrepared = true };
            var places = at + meta.ColumnBegin(1);
            if (!hasPlaces) one.DeferPlaces(() => PlacesOf(PriceCache.EntryOf(path), places, meta.Count));
            var columns = new List<Func<long, bool>> { from => Fill(from, one.Ticks), from => !hasPlaces || Fill(from, one.Offsets), from => Fill(from, one.Close) };
            if (meta.HasOpenHighLow) columns.AddRange([from => Fill(from, one.Open), from => Fill(from, one.High), from => Fill(from, one.Low)]);
            if (meta.HasVolume) columns.Add(from => Fill(from, one.Volume));
            var begin = at;
            var isGood = new bool[columns.Count];
            Parallel.For(0, columns.Count, column => isGood[column] = columns[column](begin + meta.ColumnBegin(column)));
            if (!Array.TrueForAll(isGood, good => good)) return null;
            at += meta.Bytes;
            series.Add(one);
        }

        var hash = Meta.Sha256;
        return new PriceFile(path, Meta.Format, series, () => hash);
    }

    /// <summary>Writes an entry; it appears whole or not at all.</summary>
    internal static void Write(string path, FileStamp stamp, string sha256, PriceFile file, Defect[] defects)
    {
        var series = file.Series.Select(one => new SeriesMeta(one.Symbol, one.Count, one.HasOpenHighLow, one.HasVolume)).ToArray();
        PublishedFile.Write(path, stream =>
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(new BarStoreMeta(BarStoreMeta.ThisBuild, stamp, sha256, file.Format!, defects, series)));
            stream.WriteByte((byte)'\n');
            foreach (var one in file.Series)
            {
                Put(stream, one.Ticks, one.Count);
                Put(stream, one.Offsets, one.Count);
                Put(stream, one.Close, one.Count);
                if (one.HasOpenHighLow) foreach (var column in (double[][])[one.Open, one.High, one.Low]) Put(stream, column, one.Count);
                if (one.HasVolume) Put(stream, one.Volume, one.Count);
            }
        });
    }

    public void Dispose() => _file.Dispose();

    private static int[]? PlacesOf(string entry, long from, int count)
    {
        using var store = Open(entry);
        var places = new int[count];
        return store is not null && store.Fill(from, places) ? places : null;
    }

    private static void Put<T>(Stream stream, T[] column, int count)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(column.AsSpan(0, count));
        stream.Write(bytes);
        stream.Write(BitConverter.GetBytes(Checksum.Of(bytes)));
    }

    private bool Fill<T>(long from, T[] column)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(column.AsSpan());
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(_file, bytes[done..], from + done);
            if (read == 0) return false;
            done += read;
        }

        var sum = new byte[sizeof(ulong)];
        return RandomAccess.Read(_file, sum, from + bytes.Length) == sum.Length && BitConverter.ToUInt64(sum) == Checksum.Of(bytes);
    }
}

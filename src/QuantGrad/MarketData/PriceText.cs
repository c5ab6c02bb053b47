using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace QuantGrad.MarketData;

/// <summary>A price file's text as UTF-8 without byte-order mark, and how it lay on the disk.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Utf8">The text.</param>
/// <param name="Compression">The compression, or "none".</param>
/// <param name="Encoding">The encoding, with "BOM" where there is a byte-order mark.</param>
/// <param name="Hash">Computes the SHA-256 of the file as it lies on the disk.</param>
internal sealed record PriceText(string Path, byte[] Utf8, string Compression, string Encoding, Func<string> Hash)
{
    /// <summary>The symbol of a text of one symbol that does not name it; null where the file's name does.</summary>
    internal string? Symbol { get; init; }

    /// <summary>Where the lines of the text begin.</summary>
    internal LineIndex Lines { get; } = new(() => Utf8);

    /// <summary>What is wrong with the file's compression; null where nothing is. A damaged file has no text.</summary>
    internal string? Damage { get; private init; }

    /// <summary>Reads a file; gzip and zip are known by their first bytes, not by the name.</summary>
    /// <exception cref="PriceDataException">The file is missing, unreadable, or its compression is damaged.</exception>
    internal static PriceText Read(string path)
    {
        var text = Open(path);
        return text.Damage is { } damage ? throw new PriceDataException($"{path}: {damage}") : text;
    }

    /// <summary>As <see cref="Read"/>, but a damaged compression is told in <see cref="Damage"/>.</summary>
    /// <exception cref="PriceDataException">The file is missing or unreadable.</exception>
    internal static PriceText Open(string path)
    {
        byte[] raw;
        if (Directory.Exists(path)) throw new PriceDataException($"{path} is a folder; expected a CSV file.");
        try
        {
            raw = ReadAll(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PriceDataException($"{path}: there is no such file; expected a CSV file.", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PriceDataException($"{path}: the file cannot be read: {fault.Message}", fault);
        }

        string Hash() => Convert.ToHexStringLower(SHA256.HashData(raw));
        try
        {
            var (content, compression) = Unpack(raw);
            var (utf8, encoding) = ToUtf8(content);
            return new PriceText(path, utf8, compression, encoding, Hash);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return new PriceText(path, [], "damaged", "UTF-8", Hash) { Damage = $"the compressed file is damaged or incomplete: {fault.Message} Fetch it again, or unpack it." };
        }
    }

    private static byte[] ReadAll(string path)
    {
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        if (length < PriceParts.SmallestFile) return File.ReadAllBytes(path);
        if (length > Array.MaxLength) throw new PriceDataException($"{path}: the file has {length} bytes; expected less than 2 GB. Divide it by symbol or by year.");
        // Large files are copied out of the system's cache by several threads.
        var raw = GC.AllocateUninitializedArray<byte>((int)length);
        const int Piece = 8 << 20;
        var pieces = (int)((length + Piece - 1) / Piece);
        Parallel.For(0, pieces, piece =>
        {
            var target = raw.AsSpan(piece * Piece, Math.Min(Piece, raw.Length - (piece * Piece)));
            for (var done = 0; done < target.Length;)
            {
                var read = RandomAccess.Read(file, target[done..], ((long)piece * Piece) + done);
                done += read > 0 ? read : throw new IOException("the file became shorter while it was read.");
            }
        });
        return raw;
    }

    private static (byte[] Content, string Compression) Unpack(byte[] raw)
    {
        if (raw.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return (Inflate(raw), "gzip");
        if (!raw.AsSpan().StartsWith("PK\u0003\u0004"u8)) return (raw, "none");
        using var zip = new ZipArchive(new MemoryStream(raw, writable: false), ZipArchiveMode.Read);
        if (zip.Entries.Count != 1) throw new InvalidDataException($"the zip file holds {zip.Entries.Count} files; expected exactly one CSV file.");
        using var entry = zip.Entries[0].Open();
        var memory = new MemoryStream();
        entry.CopyTo(memory);
        return (memory.ToArray(), "zip");
    }

    private static byte[] Inflate(byte[] raw)
    {
        // The last four bytes of a gzip member are its length modulo 2^32: enough to reserve the memory once.
        var expected = raw.Length < 18 ? 0 : BitConverter.ToUInt32(raw.AsSpan(raw.Length - 4));
        var memory = new MemoryStream(expected < 1u << 30 ? (int)expected : 0);
        using var gzip = new GZipStream(new MemoryStream(raw, writable: false), CompressionMode.Decompress);
        gzip.CopyTo(memory, 1 << 20);
        // .NET ends quietly where a member is cut off.
        if ((uint)memory.Length != expected && raw.Length >= 18 && !IsMultiMember(raw, memory.Length, expected))
            throw new InvalidDataException($"it ends after {memory.Length} of {expected} bytes.");
        return memory.Length == memory.Capacity ? memory.GetBuffer() : memory.ToArray();
    }

    // Several members one after another are legal; then the length at the end is of the last one only.
    private static bool IsMultiMember(byte[] raw, long length, uint lastMember) =>
        length > lastMember && raw.AsSpan(18).IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0;

    private static (byte[] Utf8, string Encoding) ToUtf8(byte[] content)
    {
        var span = content.AsSpan();
        if (span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return (content[3..], "UTF-8 with BOM");
        if (span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return (System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.Unicode.GetString(span[2..])), "UTF-16 LE with BOM");
        if (span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return (System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.BigEndianUnicode.GetString(span[2..])), "UTF-16 BE with BOM");
        return (content, "UTF-8");
    }
}

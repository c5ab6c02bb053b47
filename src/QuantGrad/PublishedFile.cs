using System.Runtime.InteropServices;
using System.Text;

namespace QuantGrad;

/// <summary>
/// Publishes a file whole or not at all: written beside its target, flushed to disk, renamed, and the folder flushed, so that a crash at any moment
/// leaves either the old file or the new one.
/// </summary>
public static partial class PublishedFile
{
    private const int OpenReadOnly = 0;

    /// <summary>Publishes what a writer writes.</summary>
    /// <param name="path">The target; its folder is made where it is missing. A device or pipe, such as /dev/stdout, is written to as it stands.</param>
    /// <param name="write">Writes the content; when it throws, the target stays as it was.</param>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(path))
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
            return;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var beside = $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.partial";
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }

        FlushFolder(folder);
    }

    /// <summary>Publishes text as UTF-8 without a byte-order mark.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Publishes bytes.</summary>
    public static void WriteBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>A rename would put a file in a device's place, for root on the whole machine. Shared memory is for ordinary files.</summary>
    private static bool IsDevice(string path)
    {
        var full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal) && Path.Exists(full);
    }

    /// <summary>A rename is only durable once its folder is flushed; .NET has no handle for a folder, so the C library is asked. Windows needs none.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = OpenFolder(folder, OpenReadOnly);
        if (descriptor < 0) return;
        _ = SynchronizeFolder(descriptor);
        _ = CloseFolder(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int SynchronizeFolder(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFolder(int descriptor);
}

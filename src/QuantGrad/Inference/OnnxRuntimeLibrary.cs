using System.Reflection;
using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>
/// Finds and loads the native library, once a process: <c>QUANTGRAD_ONNXRUNTIME</c> (a file or its folder), then the file that the
/// build laid beside the program, then what the NuGet package Microsoft.ML.OnnxRuntime brings.
/// </summary>
public static class OnnxRuntimeLibrary
{
    /// <summary>The environment variable that names the library or its folder and goes before every other place.</summary>
    public const string Variable = "QUANTGRAD_ONNXRUNTIME";

    private static readonly Lazy<(nint Handle, string Path)> Loaded = new(() => Load(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory));

    /// <summary>Where the library was loaded from.</summary>
    /// <exception cref="OnnxRuntimeException">It is not there.</exception>
    public static string Path => Loaded.Value.Path;

    internal static nint Handle => Loaded.Value.Handle;

    internal static string[] FileNames =>
        OperatingSystem.IsWindows() ? ["onnxruntime.dll"] :
        OperatingSystem.IsMacOS() ? ["libonnxruntime.1.dylib", "libonnxruntime.dylib"] :
        ["libonnxruntime.so.1", "libonnxruntime.so"];

    internal static (nint Handle, string Path) Load(string? named, string programFolder)
    {
        if (!string.IsNullOrWhiteSpace(named)) return LoadNamed(named);
        string? found = null;
        foreach (var name in FileNames)
        {
            var path = System.IO.Path.Combine(programFolder, name);
            if (!File.Exists(path)) continue;
            found = path;
            if (NativeLibrary.TryLoad(path, out var handle)) return (handle, path);
        }

        if (found is null && NativeLibrary.TryLoad("onnxruntime", Assembly.GetExecutingAssembly(), null, out var packaged)) return (packaged, "onnxruntime");
        throw Missing(found is null
            ? $"The ONNX Runtime library ({FileNames[0]}) is not beside the program in {programFolder}"
            : $"The ONNX Runtime library {found} could not be loaded by this system ({RuntimeInformation.RuntimeIdentifier})");
    }

    private static (nint Handle, string Path) LoadNamed(string named)
    {
        var files = Directory.Exists(named) ? FileNames.Select(name => System.IO.Path.Combine(named, name)).Where(File.Exists).ToArray() : [named];
        if (files.Length == 0) throw Missing($"{Variable} names the folder {named}, which holds no {FileNames[0]}");
        if (!File.Exists(files[0])) throw Missing($"{Variable} names {named}, which does not exist");
        try
        {
            return (NativeLibrary.Load(files[0]), files[0]);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw new OnnxRuntimeException($"{Variable} names {files[0]}, which is not a library that this system ({RuntimeInformation.RuntimeIdentifier}) can load.", inner: failure);
        }
    }

    private static OnnxRuntimeException Missing(string what) =>
        new($"{what}. Build the project again with Node.js installed (the build takes the library from npm), or set {Variable} to the library's path.");
}

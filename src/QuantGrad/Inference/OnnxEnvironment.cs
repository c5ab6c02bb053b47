using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>
/// The runtime's environment: one a process, made on first use and kept until the process ends. Logging is off: what goes wrong
/// comes back as <see cref="OnnxRuntimeException"/> and would otherwise be printed twice.
/// </summary>
public static unsafe class OnnxEnvironment
{
    private const int LogFatalOnly = 4;

    private static readonly Lazy<nint> Environment = new(CreateEnvironment);
    private static readonly Lazy<nint> CpuMemory = new(CreateCpuMemory);
    private static readonly Lazy<nint> DefaultAllocator = new(CreateAllocator);

    /// <summary>The runtime's version, such as 1.30.0.</summary>
    /// <exception cref="OnnxRuntimeException">The native library is not there or too old.</exception>
    public static string Version
    {
        get
        {
            _ = OnnxRuntimeLibrary.Path; // says what is missing, where a type initialiser would wrap it
            return OnnxApi.RuntimeVersion;
        }
    }

    internal static nint Pointer => Environment.Value;

    /// <summary>The description of ordinary memory, needed for every tensor.</summary>
    internal static nint Memory => CpuMemory.Value;

    /// <summary>The allocator of the strings that the runtime hands out; not to be freed.</summary>
    internal static nint Allocator => DefaultAllocator.Value;

    /// <summary>A string that the runtime allocated, as text; the string is freed.</summary>
    internal static string? TakeString(nint utf8)
    {
        if (utf8 == 0) return null;
        var text = Marshal.PtrToStringUTF8(utf8);
        Free(utf8);
        return text;
    }

    /// <summary>Frees what the runtime allocated with its default allocator.</summary>
    internal static void Free(nint pointer) =>
        OnnxApi.Check(((delegate* unmanaged<nint, nint, nint>)OnnxApi.At(OnnxApi.Function.AllocatorFree))(Allocator, pointer), "could not free memory");

    private static nint CreateEnvironment()
    {
        _ = Version;
        nint environment;
        fixed (byte* name = "QuantGrad\0"u8)
            OnnxApi.Check(((delegate* unmanaged<int, byte*, nint*, nint>)OnnxApi.At(OnnxApi.Function.CreateEnv))(LogFatalOnly, name, &environment), "could not start");
        return environment;
    }

    private static nint CreateCpuMemory()
    {
        nint memory;
        const int deviceAllocator = 0, defaultMemory = 0;
        OnnxApi.Check(((delegate* unmanaged<int, int, nint*, nint>)OnnxApi.At(OnnxApi.Function.CreateCpuMemoryInfo))(deviceAllocator, defaultMemory, &memory), "could not describe memory");
        return memory;
    }

    private static nint CreateAllocator()
    {
        nint allocator;
        OnnxApi.Check(((delegate* unmanaged<nint*, nint>)OnnxApi.At(OnnxApi.Function.GetAllocatorWithDefaultOptions))(&allocator), "has no allocator");
        return allocator;
    }
}

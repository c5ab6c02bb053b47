using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>
/// ONNX Runtime's C API: one table of functions, reached by index. The table only grows, so that the indices hold for every
/// runtime that knows version 11 of it (1.11 and newer). Every pointer here is the runtime's own; owners are in <see cref="OnnxHandle"/>.
/// </summary>
internal static unsafe class OnnxApi
{
    private const uint ApiVersion = 11;

    private static readonly nint* Table = Open(out RuntimeVersion);

    /// <summary>The runtime's version, such as 1.30.0.</summary>
    public static readonly string RuntimeVersion;

    /// <summary>The functions used, by their place in <c>OrtApi</c>.</summary>
    public enum Function
    {
        GetErrorCode = 1, GetErrorMessage = 2, CreateEnv = 3, CreateSession = 7, CreateSessionFromArray = 8, Run = 9, CreateSessionOptions = 10,
        SetSessionGraphOptimizationLevel = 23, SetIntraOpNumThreads = 24, SetInterOpNumThreads = 25,
        SessionGetInputCount = 30, SessionGetOutputCount = 31, SessionGetInputTypeInfo = 33, SessionGetOutputTypeInfo = 34,
        SessionGetInputName = 36, SessionGetOutputName = 37, CreateTensorWithDataAsOrtValue = 49, IsTensor = 50, GetTensorMutableData = 51,
        CastTypeInfoToTensorInfo = 55, GetTensorElementType = 60, GetDimensionsCount = 61, GetDimensions = 62, GetSymbolicDimensions = 63,
        GetTensorTypeAndShape = 65, CreateCpuMemoryInfo = 69, AllocatorFree = 76, GetAllocatorWithDefaultOptions = 78,
        ReleaseEnv = 92, ReleaseStatus = 93, ReleaseMemoryInfo = 94, ReleaseSession = 95, ReleaseValue = 96, ReleaseTypeInfo = 98,
        ReleaseTensorTypeAndShapeInfo = 99, ReleaseSessionOptions = 100, SessionGetModelMetadata = 111, MetadataProducer = 112, MetadataGraphName = 113,
        MetadataDomain = 114, MetadataDescription = 115, MetadataLookup = 116, MetadataVersion = 117, ReleaseModelMetadata = 118, MetadataKeys = 123,
        AddSessionConfigEntry = 130,
    }

    /// <summary>The address of a function.</summary>
    public static nint At(Function function) => Table[(int)function];

    /// <summary>Frees what a Release function of the table frees; these return nothing.</summary>
    public static void Release(Function function, nint pointer) => ((delegate* unmanaged<nint, void>)At(function))(pointer);

    /// <summary>Calls a function that takes one pointer and writes one.</summary>
    public static nint Get(Function function, nint from, string doing)
    {
        nint result;
        Check(((delegate* unmanaged<nint, nint*, nint>)At(function))(from, &result), doing);
        return result;
    }

    /// <summary>Throws where a status says failure, and frees it; the null status is success.</summary>
    public static void Check(nint status, string doing)
    {
        if (status != 0) Throw(status, doing);
    }

    private static void Throw(nint status, string doing)
    {
        var code = (OnnxErrorCode)((delegate* unmanaged<nint, int>)At(Function.GetErrorCode))(status);
        var words = Words(((delegate* unmanaged<nint, nint>)At(Function.GetErrorMessage))(status));
        Release(Function.ReleaseStatus, status);
        throw new OnnxRuntimeException($"ONNX Runtime {RuntimeVersion} {doing}: {words}", code);
    }

    /// <summary>A C string as text. Bytes that are no UTF-8 become U+FFFD and control characters spaces, so that a message stays one line.</summary>
    public static string Words(nint utf8)
    {
        var text = (Marshal.PtrToStringUTF8(utf8) ?? "").Trim();
        return text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;
    }

    private static nint* Open(out string version)
    {
        var library = OnnxRuntimeLibrary.Handle;
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var entry))
            throw new OnnxRuntimeException($"{OnnxRuntimeLibrary.Path} is not ONNX Runtime: it has no OrtGetApiBase. Set {OnnxRuntimeLibrary.Variable} to the right library.");
        var functions = ((delegate* unmanaged<nint*>)entry)();
        version = Words(((delegate* unmanaged<nint>)functions[1])());
        var table = ((delegate* unmanaged<uint, nint*>)functions[0])(ApiVersion);
        if (table is null) throw new OnnxRuntimeException($"{OnnxRuntimeLibrary.Path} is ONNX Runtime {version}, which is too old: 1.11 or newer is needed.");
        return table;
    }
}

using System.Runtime.InteropServices;

namespace QuantGrad.Inference;

/// <summary>How a model is run. The defaults suit small networks of which many share few cores.</summary>
public sealed record OnnxSessionOptions
{
    /// <summary>Threads inside one operator; 1 runs in the caller's thread and starts none. 0: one a core.</summary>
    public int IntraOpThreads { get; init; } = 1;

    /// <summary>Threads across operators; 1 runs them in order.</summary>
    public int InterOpThreads { get; init; } = 1;

    /// <summary>How far the graph is rewritten when loaded.</summary>
    public OnnxOptimization Optimization { get; init; } = OnnxOptimization.All;

    /// <summary>Whether waiting threads burn their core: lower latency for one model alone, ruin for several.</summary>
    public bool AllowSpinning { get; init; }

    internal unsafe OnnxHandle Create()
    {
        nint created;
        OnnxApi.Check(((delegate* unmanaged<nint*, nint>)OnnxApi.At(OnnxApi.Function.CreateSessionOptions))(&created), "could not make session options");
        var pointer = created;
        var options = new OnnxHandle(pointer, OnnxApi.Function.ReleaseSessionOptions);
        Set(OnnxApi.Function.SetIntraOpNumThreads, IntraOpThreads);
        Set(OnnxApi.Function.SetInterOpNumThreads, InterOpThreads);
        Set(OnnxApi.Function.SetSessionGraphOptimizationLevel, (int)Optimization);
        Entry("session.intra_op.allow_spinning", AllowSpinning ? "1" : "0");
        Entry("session.inter_op.allow_spinning", AllowSpinning ? "1" : "0");
        return options;

        void Set(OnnxApi.Function function, int value) =>
            OnnxApi.Check(((delegate* unmanaged<nint, int, nint>)OnnxApi.At(function))(pointer, value), $"refused {function} {value}");

        void Entry(string key, string value)
        {
            var (keyText, valueText) = (Marshal.StringToCoTaskMemUTF8(key), Marshal.StringToCoTaskMemUTF8(value));
            var status = ((delegate* unmanaged<nint, nint, nint, nint>)OnnxApi.At(OnnxApi.Function.AddSessionConfigEntry))(pointer, keyText, valueText);
            Marshal.FreeCoTaskMem(keyText);
            Marshal.FreeCoTaskMem(valueText);
            OnnxApi.Check(status, $"refused the setting {key}");
        }
    }
}

/// <summary>How far a graph is rewritten when it is loaded (<c>GraphOptimizationLevel</c>).</summary>
public enum OnnxOptimization
{
    /// <summary>As written: what to compare the others with.</summary>
    None = 0,

    /// <summary>Constant folding, redundant nodes.</summary>
    Basic = 1,

    /// <summary>Fused operators too.</summary>
    Extended = 2,

    /// <summary>Everything, the memory layout too.</summary>
    All = 99,
}

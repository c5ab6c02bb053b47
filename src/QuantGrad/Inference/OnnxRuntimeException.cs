namespace QuantGrad.Inference;

/// <summary>ONNX Runtime refused a model or a call, or is not there (exit code 5).</summary>
/// <param name="message">What was being done, and the runtime's own words.</param>
/// <param name="code">The runtime's error code.</param>
/// <param name="inner">The cause.</param>
public sealed class OnnxRuntimeException(string message, OnnxErrorCode code = OnnxErrorCode.Fail, Exception? inner = null) : ModelException(message, inner)
{
    /// <summary>The runtime's error code.</summary>
    public OnnxErrorCode Code { get; } = code;
}

/// <summary>ONNX Runtime's error codes (<c>OrtErrorCode</c>).</summary>
public enum OnnxErrorCode
{
    /// <summary>No error.</summary>
    Ok,

    /// <summary>Anything that has no code of its own.</summary>
    Fail,

    /// <summary>An argument does not fit the model: a name, a rank, a dimension, a type.</summary>
    InvalidArgument,

    /// <summary>The file does not exist.</summary>
    NoSuchFile,

    /// <summary>The model does not exist.</summary>
    NoModel,

    /// <summary>The execution engine failed.</summary>
    EngineError,

    /// <summary>The runtime caught an exception of its own.</summary>
    RuntimeException,

    /// <summary>The file is not an ONNX model.</summary>
    InvalidProtobuf,

    /// <summary>The session holds a model already.</summary>
    ModelLoaded,

    /// <summary>An operator has no implementation.</summary>
    NotImplemented,

    /// <summary>The graph is not valid.</summary>
    InvalidGraph,
}

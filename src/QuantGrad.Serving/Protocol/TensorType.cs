using QuantGrad.Inference;

namespace QuantGrad.Serving.Protocol;

/// <summary>The protocol's names of the element types that are carried.</summary>
internal static class TensorType
{
    public static string Name(OnnxElementType type) => type switch { OnnxElementType.Float => "FP32", OnnxElementType.Double => "FP64", _ => "INT64" };

    public static ReadOnlySpan<byte> NameUtf8(OnnxElementType type) => type switch { OnnxElementType.Float => "FP32"u8, OnnxElementType.Double => "FP64"u8, _ => "INT64"u8 };
}

using QuantGrad.Inference;
using QuantGrad.Tests.Inference;

namespace QuantGrad.Benchmarks.Serving;

/// <summary>The network that the inference and server benchmarks run: 32-64-64-1 with tanh, as small trading networks are.</summary>
internal static class ServedModel
{
    internal const int Features = 32;
    private const int Hidden = 64;

    internal static byte[] Bytes()
    {
        static float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i) / 8)];
        return new TinyOnnx()
            .Input("features", OnnxElementType.Float, "batch", Features).Output("position", OnnxElementType.Float, "batch", 1)
            .Constant("w1", [Features, Hidden], Weights(Features * Hidden)).Constant("b1", [Hidden], Weights(Hidden))
            .Constant("w2", [Hidden, Hidden], Weights(Hidden * Hidden)).Constant("b2", [Hidden], Weights(Hidden)).Constant("w3", [Hidden, 1], Weights(Hidden))
            .Node("Gemm", ["features", "w1", "b1"], "z1").Node("Tanh", ["z1"], "a1").Node("Gemm", ["a1", "w2", "b2"], "z2").Node("Tanh", ["z2"], "a2")
            .Node("MatMul", ["a2", "w3"], "z3").Node("Tanh", ["z3"], "position").Build();
    }

    internal static float[] Rows(int count) => [.. Enumerable.Range(0, count * Features).Select(i => MathF.Round(MathF.Sin(i * 0.37f), 6))];
}

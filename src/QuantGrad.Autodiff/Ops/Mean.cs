using System.Numerics;
using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>The mean of K inputs of one shape: the members of an ensemble.</summary>
public sealed class Mean : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    internal override bool WritesFreshGradients => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.AllEqual(this, inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame) => Combine(frame, T.One / T.CreateTruncating(frame.InputCount));

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame) => Spread(frame, T.One / T.CreateTruncating(frame.InputCount));

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        // The runtime has its Mean in float alone.
        if (onnx.ElementType == OnnxGraph.FloatType) onnx.Node("Mean", onnx.Inputs, onnx.Output);
        else onnx.Node("Mul", [onnx.Node("Sum", onnx.Inputs), onnx.Number(1.0 / onnx.Inputs.Length)], onnx.Output);
    }

    /// <summary>output = factor · Σ inputs.</summary>
    internal static void Combine<T>(in OpFrame<T> frame, T factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = frame.Output;
        frame.Input(0).CopyTo(y);
        for (var input = 1; input < frame.InputCount; input++)
            Spans.Add(frame.Input(input), y);
        if (factor != T.One) Spans.Scale(factor, y, y);
    }

    /// <summary>Each input's gradient gets factor · the output's.</summary>
    internal static void Spread<T>(in OpFrame<T> frame, T factor) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var dy = frame.OutputGradient;
        for (var input = 0; input < frame.InputCount; input++)
        {
            if (!frame.WantsGradient(input)) continue;
            if (frame.IsFresh(input)) Spans.Scale(factor, dy, frame.InputGradient(input));
            else Spans.AddScaled(factor, dy, frame.InputGradient(input));
        }
    }
}

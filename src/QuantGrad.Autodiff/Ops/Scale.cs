using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>y = factor · x, for a fixed factor.</summary>
/// <param name="factor">The factor.</param>
public sealed class Scale(double factor) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.Expect(this, inputs, 1)[0];

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame) =>
        Spans.Scale(T.CreateTruncating(factor), frame.Input(0), frame.Output);

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame) =>
        Spans.AddScaled(T.CreateTruncating(factor), frame.OutputGradient, frame.InputGradient(0));

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Mul", [onnx.Input(0), onnx.Scalar((float)factor)], onnx.Output);
}

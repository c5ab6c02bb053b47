using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>The sum of inputs of one shape: skip connections, sums of objectives.</summary>
public sealed class Add : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    internal override bool WritesFreshGradients => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.AllEqual(this, inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame) => Mean.Combine(frame, T.One);

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame) => Mean.Spread(frame, T.One);

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Sum", onnx.Inputs, onnx.Output);
}

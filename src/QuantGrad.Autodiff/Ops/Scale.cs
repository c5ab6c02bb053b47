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
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var y = frame.Output;
        var by = T.CreateTruncating(factor);
        for (var i = 0; i < y.Length; i++) y[i] = by * x[i];
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var dy = frame.OutputGradient;
        var dx = frame.InputGradient(0);
        var by = T.CreateTruncating(factor);
        for (var i = 0; i < dx.Length; i++) dx[i] += by * dy[i];
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Mul", [onnx.Input(0), onnx.Scalar((float)factor)], onnx.Output);
}

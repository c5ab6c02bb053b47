using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>y = x·f value by value, with x <c>[rows, width]</c> and f of the same rows and either the same width or width 1 (a factor a row).</summary>
public sealed class Multiply : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 2);
        if (inputs[1] != inputs[0]) ShapeRule.Expect(this, "the factor", inputs[1], inputs[0] with { Width = 1 });
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var factor = frame.Input(1);
        var y = frame.Output;
        var share = frame.Width / frame.InputWidth(1);
        if (share == 1) Spans.Multiply(x, factor, y);
        else
            for (var i = 0; i < y.Length; i++) y[i] = x[i] * factor[i / share];
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var factor = frame.Input(1);
        var dy = frame.OutputGradient;
        var share = frame.Width / frame.InputWidth(1);
        if (frame.WantsGradient(0))
        {
            var dx = frame.InputGradient(0);
            if (share == 1) Spans.AddProduct(dy, factor, dx);
            else
                for (var i = 0; i < dx.Length; i++) dx[i] += dy[i] * factor[i / share];
        }

        if (frame.WantsGradient(1))
        {
            var dFactor = frame.InputGradient(1);
            for (var i = 0; i < dy.Length; i++) dFactor[i / share] += dy[i] * x[i];
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Mul", onnx.Inputs, onnx.Output);
}

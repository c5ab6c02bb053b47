using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>y = (x − mean)/std column by column, with x <c>[rows, F]</c> and mean, std <c>[1, F]</c> as fitted constants (std above zero).</summary>
public sealed class Standardize : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 3);
        ShapeRule.Expect(this, "the mean", inputs[1], Shape.Fixed(1, inputs[0].Width));
        ShapeRule.Expect(this, "the standard deviation", inputs[2], Shape.Fixed(1, inputs[0].Width));
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var mean = frame.Input(1);
        var std = frame.Input(2);
        var y = frame.Output;
        var width = frame.Width;
        for (var row = 0; row < frame.Rows; row++) NormKernel.Divide(x.Slice(row * width, width), mean, std, y.Slice(row * width, width));
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var y = frame.Output;
        var dy = frame.OutputGradient;
        var std = frame.Input(2);
        var dx = frame.WantsGradient(0) ? frame.InputGradient(0) : default;
        var dMean = frame.WantsGradient(1) ? frame.InputGradient(1) : default;
        var dStd = frame.WantsGradient(2) ? frame.InputGradient(2) : default;
        var width = frame.Width;
        for (var i = 0; i < dy.Length; i++)
        {
            var k = i % width;
            var slope = dy[i] / std[k];
            if (!dx.IsEmpty) dx[i] += slope;
            if (!dMean.IsEmpty) dMean[k] -= slope;
            if (!dStd.IsEmpty) dStd[k] -= slope * y[i];
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) =>
        onnx.Node("Div", [onnx.Node("Sub", [onnx.Input(0), onnx.Input(1)]), onnx.Input(2)], onnx.Output);
}

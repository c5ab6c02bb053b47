using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// y = gain·(x − m)/√(v + ε) + shift, with m and v the mean and variance of each row (Ba et al. 2016, eq. 4); x <c>[rows, width]</c>, gain and shift <c>[1, width]</c>.
/// </summary>
/// <param name="epsilon">ε above 0.</param>
public sealed class LayerNorm(double epsilon = 1e-5) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    internal override bool WritesFreshGradients => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 3);
        ShapeRule.Expect(this, "the gain", inputs[1], Shape.Fixed(1, inputs[0].Width));
        ShapeRule.Expect(this, "the shift", inputs[2], Shape.Fixed(1, inputs[0].Width));
        return inputs[0];
    }

    /// <summary>Each row's mean and 1/√(v + ε).</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => inputs[0] with { Width = 2 };

    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => 2 * inputs[0].Width;

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var x = frame.Input(0);
        var y = frame.Output;
        var state = frame.State;
        for (var row = 0; row < frame.Rows; row++)
        {
            var source = x.Slice(row * width, width);
            var (mean, scale) = NormKernel.Moments(source, T.CreateTruncating(epsilon));
            (state[2 * row], state[2 * row + 1]) = (mean, scale);
            NormKernel.Forward(source, mean, scale, frame.Input(1), frame.Input(2), y.Slice(row * width, width));
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var standardised = frame.Workspace[..width];
        var slope = frame.Workspace[width..];
        var fresh = frame.WantsGradient(0) && frame.IsFresh(0);
        for (var row = 0; row < frame.Rows; row++)
        {
            var mean = frame.State[2 * row];
            var scale = frame.State[2 * row + 1];
            var dy = frame.OutputGradient.Slice(row * width, width);
            NormKernel.Standardise(frame.Input(0).Slice(row * width, width), mean, scale, standardised);
            if (frame.WantsGradient(1)) Spans.AddProduct(dy, standardised, frame.InputGradient(1));
            if (frame.WantsGradient(2)) Spans.Add(dy, frame.InputGradient(2));
            if (!frame.WantsGradient(0)) continue;
            slope.Clear();
            Spans.AddProduct(dy, frame.Input(1), slope);
            var count = T.CreateTruncating(width);
            NormKernel.Backward<T>(slope, standardised, Spans.Sum<T>(slope) / count, Spans.Dot<T>(slope, standardised) / count, scale, frame.InputGradient(0).Slice(row * width, width), !fresh);
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var along = OnnxAttribute.Integers("axes", -1);
        var deviation = onnx.Node("Sub", [onnx.Input(0), onnx.Node("ReduceMean", [onnx.Input(0)], null, along)]);
        var variance = onnx.Node("ReduceMean", [onnx.Node("Mul", [deviation, deviation])], null, along);
        var scale = onnx.Node("Sqrt", [onnx.Node("Add", [variance, onnx.Scalar((float)epsilon)])]);
        onnx.Node("Add", [onnx.Node("Mul", [onnx.Node("Div", [deviation, scale]), onnx.Input(1)]), onnx.Input(2)], onnx.Output);
    }
}

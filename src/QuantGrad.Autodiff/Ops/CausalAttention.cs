using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Causal self-attention with a fixed window, an asset at a time (Vaswani et al. 2017, eq. 1): y[t] = Σ_s softmax_s(q[t]·k[s]/√d)·v[s], s from t − window + 1 to t,
/// for each head of d = D/heads columns. Inputs: q, k and v <c>[T·A, D]</c>. Output <c>[T·A, D]</c>.
/// </summary>
/// <param name="window">How many steps are seen, the present one included; at least 1.</param>
/// <param name="heads">A divisor of D.</param>
public sealed class CausalAttention(int window, int heads = 1) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 3);
        var shape = ShapeRule.AllEqual(this, inputs);
        ShapeRule.Expect(this, "q, k and v", shape, Shape.PerRow(shape.Width));
        if (window < 1) throw new GraphException($"CausalAttention: the window is {window}, expected at least 1.");
        if (heads < 1 || shape.Width % heads != 0) throw new GraphException($"CausalAttention: {heads} heads don't divide the width {shape.Width}.");
        return shape;
    }

    /// <summary>The attention of each head to each step of the window, the present one first.</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(heads * window);

    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => window;

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var assets = frame.Size.Assets;
        var d = frame.Width / heads;
        var scale = T.One / T.Sqrt(T.CreateTruncating(d));
        for (var place = 0; place < frame.Rows * heads; place++)
        {
            var (row, head) = (place / heads, place % heads);
            var seen = Math.Min(window, row / assets + 1);
            var weights = frame.State.Slice(place * window, seen);
            var q = frame.Input(0).Slice(row * width + head * d, d);
            for (var s = 0; s < seen; s++) weights[s] = scale * Spans.Dot(q, frame.Input(1).Slice((row - s * assets) * width + head * d, d));
            Softmax.Normalise(weights);
            var y = frame.Output.Slice(row * width + head * d, d);
            y.Clear();
            for (var s = 0; s < seen; s++) Spans.AddScaled(weights[s], frame.Input(2).Slice((row - s * assets) * width + head * d, d), y);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var assets = frame.Size.Assets;
        var d = frame.Width / heads;
        var scale = T.One / T.Sqrt(T.CreateTruncating(d));
        for (var place = 0; place < frame.Rows * heads; place++)
        {
            var (row, head) = (place / heads, place % heads);
            var seen = Math.Min(window, row / assets + 1);
            ReadOnlySpan<T> weights = frame.State.Slice(place * window, seen);
            var dy = frame.OutputGradient.Slice(row * width + head * d, d);
            var slopes = frame.Workspace[..seen];
            for (var s = 0; s < seen; s++) slopes[s] = Spans.Dot(dy, frame.Input(2).Slice((row - s * assets) * width + head * d, d));
            var mean = Spans.Dot(weights, slopes);
            for (var s = 0; s < seen; s++)
            {
                var at = (row - s * assets) * width + head * d;
                var slope = scale * weights[s] * (slopes[s] - mean);
                if (frame.WantsGradient(0)) Spans.AddScaled(slope, frame.Input(1).Slice(at, d), frame.InputGradient(0).Slice(row * width + head * d, d));
                if (frame.WantsGradient(1)) Spans.AddScaled(slope, frame.Input(0).Slice(row * width + head * d, d), frame.InputGradient(1).Slice(at, d));
                if (frame.WantsGradient(2)) Spans.AddScaled(weights[s], dy, frame.InputGradient(2).Slice(at, d));
            }
        }
    }

    /// <summary>[batch, time, D] → heads as [batch, heads, time, d], scores masked outside the window, and back.</summary>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var d = onnx.Source.Shape.Width / heads;
        var split = onnx.Integers(0, 0, heads, d);
        string Heads(int input, params ReadOnlySpan<long> order) =>
            onnx.Node("Transpose", [onnx.Node("Reshape", [onnx.Input(input), split])], null, OnnxAttribute.Integers("perm", order));

        var scores = onnx.Node("Mul", [onnx.Node("MatMul", [Heads(0, 0, 2, 1, 3), Heads(1, 0, 2, 3, 1)]), onnx.Scalar(1 / MathF.Sqrt(d))]);
        var time = onnx.Node("Squeeze", [onnx.Node("Slice", [onnx.Node("Shape", [onnx.Input(0)]), onnx.Integers(1), onnx.Integers(2)])]);
        var steps = onnx.Node("Range", [onnx.Node("Squeeze", [onnx.Integers(0)]), time, onnx.Node("Squeeze", [onnx.Integers(1)])]);
        var lags = onnx.Node("Sub", [onnx.Node("Unsqueeze", [steps, onnx.Integers(1)]), steps]);
        var seen = onnx.Node("And", [onnx.Node("GreaterOrEqual", [lags, onnx.Integers(0)]), onnx.Node("Less", [lags, onnx.Integers(window)])]);
        var weights = onnx.Node("Softmax", [onnx.Node("Where", [seen, scores, onnx.Scalar(-1e30f)])], null, OnnxAttribute.Integer("axis", -1));
        var mixed = onnx.Node("Transpose", [onnx.Node("MatMul", [weights, Heads(2, 0, 2, 1, 3)])], null, OnnxAttribute.Integers("perm", 0, 2, 1, 3));
        onnx.Node("Reshape", [mixed, onnx.Integers(0, 0, heads * d)], onnx.Output);
    }
}

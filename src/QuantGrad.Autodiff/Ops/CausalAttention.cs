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

    /// <summary>The attention of each head to each step of the window, the oldest seen first.</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(heads * window);

    /// <summary>k, v and their gradients of one asset and head, a column after another, so that a window of steps lies side by side; and a window's slopes.</summary>
    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) => 4 * (inputs[0].Width / heads) * size.Steps + window;

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        for (var place = 0; place < frame.Size.Assets * heads; place++)
        {
            var series = new Series<T>(frame, place / heads, place % heads, heads, window);
            series.Gather(frame.Input(1), series.Keys);
            series.Gather(frame.Input(2), series.Values);
            for (var t = 0; t < frame.Size.Steps; t++)
            {
                var at = series.At(t);
                var weights = series.Weights(t);
                weights.Clear();
                for (var k = 0; k < series.Width; k++) Spans.AddScaled(series.Scale * frame.Input(0)[at + k], series.Window(series.Keys, k, t), weights);
                Softmax.Normalise(weights);
                for (var k = 0; k < series.Width; k++) frame.Output[at + k] = Spans.Dot<T>(weights, series.Window(series.Values, k, t));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        Span<T> dq = frame.WantsGradient(0) ? frame.InputGradient(0) : [];
        for (var place = 0; place < frame.Size.Assets * heads; place++)
        {
            var series = new Series<T>(frame, place / heads, place % heads, heads, window);
            series.Gather(frame.Input(1), series.Keys);
            series.Gather(frame.Input(2), series.Values);
            series.KeySlopes.Clear();
            series.ValueSlopes.Clear();
            for (var t = 0; t < frame.Size.Steps; t++)
            {
                var at = series.At(t);
                var weights = series.Weights(t);
                var slopes = series.Slopes[..weights.Length];
                slopes.Clear();
                for (var k = 0; k < series.Width; k++)
                {
                    Spans.AddScaled(frame.OutputGradient[at + k], series.Window(series.Values, k, t), slopes);
                    Spans.AddScaled(frame.OutputGradient[at + k], weights, series.Window(series.ValueSlopes, k, t));
                }

                var mean = Spans.Dot<T>(weights, slopes);
                for (var s = 0; s < slopes.Length; s++) slopes[s] = series.Scale * weights[s] * (slopes[s] - mean);
                for (var k = 0; k < series.Width; k++)
                {
                    if (!dq.IsEmpty) dq[at + k] += Spans.Dot<T>(slopes, series.Window(series.Keys, k, t));
                    Spans.AddScaled(frame.Input(0)[at + k], slopes, series.Window(series.KeySlopes, k, t));
                }
            }

            if (frame.WantsGradient(1)) series.AddTo(frame.InputGradient(1), series.KeySlopes);
            if (frame.WantsGradient(2)) series.AddTo(frame.InputGradient(2), series.ValueSlopes);
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

    /// <summary>One asset and head along time, with its columns side by side in the workspace.</summary>
    private readonly ref struct Series<T> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        private readonly Span<T> state;
        private readonly int steps, first, stride, place, places, window;

        internal Series(in OpFrame<T> frame, int asset, int head, int heads, int window)
        {
            Width = frame.Width / heads;
            Scale = T.One / T.Sqrt(T.CreateTruncating(Width));
            (steps, stride, first) = (frame.Size.Steps, frame.Size.Assets * frame.Width, asset * frame.Width + head * Width);
            (place, places, this.window) = (asset * heads + head, frame.Size.Assets * heads, window);
            var length = Width * steps;
            Keys = frame.Workspace[..length];
            Values = frame.Workspace.Slice(length, length);
            KeySlopes = frame.Workspace.Slice(2 * length, length);
            ValueSlopes = frame.Workspace.Slice(3 * length, length);
            Slopes = frame.Workspace.Slice(4 * length, window);
            state = frame.State;
        }

        /// <summary>d, the columns of a head.</summary>
        internal int Width { get; }

        /// <summary>1/√d.</summary>
        internal T Scale { get; }

        internal Span<T> Keys { get; }

        internal Span<T> Values { get; }

        internal Span<T> KeySlopes { get; }

        internal Span<T> ValueSlopes { get; }

        internal Span<T> Slopes { get; }

        /// <summary>Where the head's columns begin in the row of a step.</summary>
        internal int At(int step) => step * stride + first;

        /// <summary>The attention of a step to those of its window.</summary>
        internal Span<T> Weights(int step) => state.Slice((step * places + place) * window, Math.Min(window, step + 1));

        /// <summary>A column over the window of a step.</summary>
        internal Span<T> Window(Span<T> columns, int column, int step) => columns.Slice(column * steps + Math.Max(0, step + 1 - window), Math.Min(window, step + 1));

        /// <summary>Rows into columns.</summary>
        internal void Gather(ReadOnlySpan<T> rows, Span<T> columns)
        {
            for (var t = 0; t < steps; t++)
                for (var k = 0; k < Width; k++) columns[k * steps + t] = rows[At(t) + k];
        }

        /// <summary>Columns back into rows.</summary>
        internal void AddTo(Span<T> rows, ReadOnlySpan<T> columns)
        {
            for (var t = 0; t < steps; t++)
                for (var k = 0; k < Width; k++) rows[At(t) + k] += columns[k * steps + t];
        }
    }
}

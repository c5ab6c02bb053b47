using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) along time, each asset with its own state, which
/// begins at zero: c = f·c₋₁ + i·g, h = o·tanh(c), with i, f, o = σ(·), g = tanh(·) of x·Wx + h₋₁·Wh + b.
/// Inputs: x <c>[T·A, F]</c>, Wx <c>[F, 4H]</c>, Wh <c>[H, 4H]</c>, b <c>[1, 4H]</c>, columns in the order i, f, o, g. Output: h <c>[T·A, H]</c>.
/// </summary>
public sealed class Lstm : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 4);
        var hidden = inputs[2].FixedRows;
        ShapeRule.Expect(this, "the input x", inputs[0], Shape.PerRow(inputs[0].Width));
        ShapeRule.Expect(this, "the weight Wx", inputs[1], Shape.Fixed(inputs[0].Width, 4 * hidden));
        ShapeRule.Expect(this, "the weight Wh", inputs[2], Shape.Fixed(hidden, 4 * hidden));
        ShapeRule.Expect(this, "the bias b", inputs[3], Shape.Fixed(1, 4 * hidden));
        return Shape.PerRow(hidden);
    }

    /// <summary>The gates 4H of all rows.</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(inputs[1].Width);

    /// <summary>The weights; a step's dz, dh and dc; then c and tanh c of all rows.</summary>
    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size) =>
        Length(Weights(inputs[0].Width, inputs[2].FixedRows), size, inputs[2].FixedRows);

    internal override void Prepare<T>(in OpFrame<T> frame, bool backward) =>
        Weights(frame.InputWidth(0), frame.Width).Pack(frame.Input(1), frame.Input(3), frame.Input(2), [], frame.Workspace, backward);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var assets = frame.Size.Assets;
        var hidden = frame.Width;
        var width = frame.InputWidth(0);
        var weights = Weights(width, hidden);
        var step = assets * hidden;
        var all = frame.Size.Rows * hidden;
        var cells = weights.Scratch(frame.Workspace, all, 4 * step, step, step);
        var squashed = weights.Scratch(frame.Workspace, all, 4 * step, step, step, all);
        for (var t = 0; t < frame.Size.Steps; t++)
        {
            var (row, state) = (t * assets, t * assets * hidden);
            var z = frame.State.Slice(row * 4 * hidden, assets * 4 * hidden);
            weights.Input(frame.Input(0).Slice(row * width, assets * width), frame.Workspace, z, assets);
            if (t > 0) weights.State(frame.Output.Slice(state - assets * hidden, assets * hidden), frame.Workspace, z, assets, add: true);
            var before = t > 0 ? cells.Slice(state - step, step) : default;
            LstmCell.Forward(z, before, cells.Slice(state, step), squashed.Slice(state, step), frame.Output.Slice(state, step), assets, hidden);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var assets = frame.Size.Assets;
        var hidden = frame.Width;
        var width = frame.InputWidth(0);
        var weights = Weights(width, hidden);
        var step = assets * hidden;
        var all = frame.Size.Rows * hidden;
        var dz = weights.Scratch(frame.Workspace, 4 * step);
        var dh = weights.Scratch(frame.Workspace, step, 4 * step);
        var dc = weights.Scratch(frame.Workspace, step, 4 * step, step);
        var cells = weights.Scratch(frame.Workspace, all, 4 * step, step, step);
        var squashed = weights.Scratch(frame.Workspace, all, 4 * step, step, step, all);
        dh.Clear();
        dc.Clear();
        for (var t = frame.Size.Steps - 1; t >= 0; t--)
        {
            var (row, state) = (t * assets, t * assets * hidden);
            Spans.Add(frame.OutputGradient.Slice(state, step), dh);
            LstmCell.Backward(
                frame.State.Slice(row * 4 * hidden, 4 * step), t > 0 ? cells.Slice(state - step, step) : default, squashed.Slice(state, step), dh, dc, dz, assets, hidden);

            var x = frame.Input(0).Slice(row * width, assets * width);
            if (frame.WantsGradient(1)) weights.AddInputWeights(x, dz, frame.InputGradient(1), frame.WantsGradient(3) ? frame.InputGradient(3) : [], assets);
            if (frame.WantsGradient(0)) weights.AddInputGradient(dz, frame.Workspace, frame.InputGradient(0).Slice(row * width, assets * width), assets);
            if (t == 0) break;
            if (frame.WantsGradient(2)) weights.AddStateWeights(frame.Output.Slice(state - assets * hidden, assets * hidden), dz, frame.InputGradient(2), [], assets);
            weights.StateGradient(dz, frame.Workspace, dh, assets, add: false);
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var hidden = onnx.Source.Shape.Width;
        int[] order = [0, 2, 1, 3]; // ONNX has i, o, f, c
        RecurrentOnnx.Write(onnx, "LSTM", hidden, order, RecurrentOnnx.Bias(onnx.InputValues(3), hidden, order, []));
    }

    private static Recurrence Weights(int width, int hidden) => new(width, hidden, 4 * hidden);

    private static int Length(Recurrence weights, PlanSize size, int hidden) =>
        weights.WorkspaceLength(size.Assets * 4 * hidden, size.Assets * hidden, size.Assets * hidden, size.Rows * hidden, size.Rows * hidden);
}

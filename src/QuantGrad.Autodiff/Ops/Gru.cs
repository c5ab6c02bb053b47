using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014, with the reset behind the product, as cuDNN and PyTorch have it) along time, each asset's state beginning at zero:
/// r, z = σ(·), n = tanh(x·Wxₙ + bxₙ + r·(h₋₁·Whₙ + bhₙ)), h = (1 − z)·n + z·h₋₁.
/// Inputs: x <c>[T·A, F]</c>, Wx <c>[F, 3H]</c>, Wh <c>[H, 3H]</c>, bx and bh <c>[1, 3H]</c>, columns in the order r, z, n. Output: h <c>[T·A, H]</c>.
/// </summary>
public sealed class Gru : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 5);
        var hidden = inputs[2].FixedRows;
        ShapeRule.Expect(this, "the input x", inputs[0], Shape.PerRow(inputs[0].Width));
        ShapeRule.Expect(this, "the weight Wx", inputs[1], Shape.Fixed(inputs[0].Width, 3 * hidden));
        ShapeRule.Expect(this, "the weight Wh", inputs[2], Shape.Fixed(hidden, 3 * hidden));
        ShapeRule.Expect(this, "the bias bx", inputs[3], Shape.Fixed(1, 3 * hidden));
        ShapeRule.Expect(this, "the bias bh", inputs[4], Shape.Fixed(1, 3 * hidden));
        return Shape.PerRow(hidden);
    }

    /// <summary>r, z, n and h₋₁·Whₙ + bhₙ of all rows.</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(4 * inputs[2].FixedRows);

    /// <summary>The weights; a step's gates from the input, gates from the state (or their gradients), dh and zeros.</summary>
    internal override int WorkspaceLength(ReadOnlySpan<Shape> inputs, PlanSize size)
    {
        var step = size.Assets * inputs[2].FixedRows;
        return Weights(inputs[0].Width, inputs[2].FixedRows).WorkspaceLength(3 * step, 3 * step, step, step);
    }

    internal override void Prepare<T>(in OpFrame<T> frame, bool backward) =>
        Weights(frame.InputWidth(0), frame.Width).Pack(frame.Input(1), frame.Input(3), frame.Input(2), frame.Input(4), frame.Workspace, backward);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var assets = frame.Size.Assets;
        var n = frame.Width;
        var width = frame.InputWidth(0);
        var weights = Weights(width, n);
        var step = assets * n;
        var fromInput = weights.Scratch(frame.Workspace, 3 * step);
        var fromState = weights.Scratch(frame.Workspace, 3 * step, 3 * step);
        var zeros = weights.Scratch(frame.Workspace, step, 3 * step, 3 * step, step);
        zeros.Clear();
        for (var t = 0; t < frame.Size.Steps; t++)
        {
            ReadOnlySpan<T> before = t > 0 ? frame.Output.Slice((t - 1) * step, step) : zeros;
            weights.Input(frame.Input(0).Slice(t * assets * width, assets * width), frame.Workspace, fromInput, assets);
            weights.State(before, frame.Workspace, fromState, assets, add: false);
            for (var a = 0; a < assets; a++)
            {
                GruCell.Forward(
                    fromInput.Slice(a * 3 * n, 3 * n), fromState.Slice(a * 3 * n, 3 * n), before.Slice(a * n, n),
                    frame.State.Slice((t * assets + a) * 4 * n, 4 * n), frame.Output.Slice(t * step + a * n, n));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var assets = frame.Size.Assets;
        var n = frame.Width;
        var width = frame.InputWidth(0);
        var weights = Weights(width, n);
        var step = assets * n;
        var ofInput = weights.Scratch(frame.Workspace, 3 * step);
        var ofState = weights.Scratch(frame.Workspace, 3 * step, 3 * step);
        var dh = weights.Scratch(frame.Workspace, step, 3 * step, 3 * step);
        var zeros = weights.Scratch(frame.Workspace, step, 3 * step, 3 * step, step);
        dh.Clear();
        zeros.Clear();
        for (var t = frame.Size.Steps - 1; t >= 0; t--)
        {
            ReadOnlySpan<T> before = t > 0 ? frame.Output.Slice((t - 1) * step, step) : zeros;
            Spans.Add(frame.OutputGradient.Slice(t * step, step), dh);
            for (var a = 0; a < assets; a++)
            {
                GruCell.Backward(
                    frame.State.Slice((t * assets + a) * 4 * n, 4 * n), before.Slice(a * n, n), dh.Slice(a * n, n),
                    ofInput.Slice(a * 3 * n, 3 * n), ofState.Slice(a * 3 * n, 3 * n));
            }

            var x = frame.Input(0).Slice(t * assets * width, assets * width);
            weights.AddInputWeights(x, ofInput, frame.WantsGradient(1) ? frame.InputGradient(1) : [], frame.WantsGradient(3) ? frame.InputGradient(3) : [], assets);
            weights.AddStateWeights(before, ofState, frame.WantsGradient(2) ? frame.InputGradient(2) : [], frame.WantsGradient(4) ? frame.InputGradient(4) : [], assets);
            if (frame.WantsGradient(0)) weights.AddInputGradient(ofInput, frame.Workspace, frame.InputGradient(0).Slice(t * assets * width, assets * width), assets);
            weights.StateGradient(ofState, frame.Workspace, dh, assets, add: true);
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var hidden = onnx.Source.Shape.Width;
        int[] order = [1, 0, 2]; // ONNX has z, r, h
        var bias = RecurrentOnnx.Bias(onnx.InputValues(3), hidden, order, onnx.InputValues(4));
        RecurrentOnnx.Write(onnx, "GRU", hidden, order, bias, OnnxAttribute.Integer("linear_before_reset", 1));
    }

    private static Recurrence Weights(int width, int hidden) => new(width, hidden, 3 * hidden);
}

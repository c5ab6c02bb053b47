using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// y = gain·(x − m)/√(v + ε) + shift column by column (Ioffe and Szegedy 2015, algorithm 1). While training m and v are those of all rows of the window;
/// else they are those kept, which <see cref="BatchStatistics.KeepBatchStatistics"/> takes from the last training pass.
/// Inputs: x <c>[rows, F]</c>, gain, shift, and mean and variance as kept, each <c>[1, F]</c>; and, if wanted, a mask <c>[rows, 1]</c> of the rows that count.
/// </summary>
/// <param name="epsilon">ε above 0.</param>
public sealed class BatchNorm(double epsilon = 1e-5) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <summary>Only while training does a row depend on others, and so on later steps: a validation window never shows in the constants.</summary>
    public override bool LooksAlongTime => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length != 6) ShapeRule.Expect(this, inputs, 5);
        if (inputs.Length == 6) ShapeRule.Expect(this, "the mask", inputs[5], inputs[0] with { Width = 1 });
        foreach (var row in inputs[1..5]) ShapeRule.Expect(this, "gain, shift, mean or variance", row, Shape.Fixed(1, inputs[0].Width));
        return inputs[0];
    }

    /// <summary>The mean and the variance of each column, as of the last pass.</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.Fixed(2, inputs[0].Width);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var x = frame.Input(0);
        var y = frame.Output;
        var mean = frame.State[..width];
        var variance = frame.State[width..];
        frame.Input(3).CopyTo(mean);
        frame.Input(4).CopyTo(variance);
        if (frame.Training) Moments(x, Mask(frame), mean, variance);
        for (var k = 0; k < width; k++)
        {
            var scale = frame.Input(1)[k] / T.Sqrt(variance[k] + T.CreateTruncating(epsilon));
            for (var i = k; i < x.Length; i += width) y[i] = (x[i] - mean[k]) * scale + frame.Input(2)[k];
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var x = frame.Input(0);
        var dy = frame.OutputGradient;
        var mask = Mask(frame);
        for (var k = 0; k < width; k++)
        {
            var mean = frame.State[k];
            var scale = T.One / T.Sqrt(frame.State[width + k] + T.CreateTruncating(epsilon));
            var (sum, product) = (T.Zero, T.Zero);
            for (var i = k; i < x.Length; i += width)
            {
                sum += dy[i];
                product += dy[i] * (x[i] - mean) * scale;
            }

            if (frame.WantsGradient(1)) frame.InputGradient(1)[k] += product;
            if (frame.WantsGradient(2)) frame.InputGradient(2)[k] += sum;
            if (!frame.WantsGradient(0)) continue;
            var dx = frame.InputGradient(0);
            var slope = frame.Input(1)[k] * scale;
            var share = frame.Training ? T.One / T.CreateTruncating(Math.Max(1, Counted(mask, frame.Rows))) : T.Zero; // constants don't move with x
            for (var (i, row) = (k, 0); i < x.Length; i += width, row++)
                dx[i] += slope * (IsCounted(mask, row) ? dy[i] - share * (sum + (x[i] - mean) * scale * product) : dy[i]);
        }
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input < 5;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var scale = onnx.Node("Sqrt", [onnx.Node("Add", [onnx.Input(4), onnx.Scalar((float)epsilon)])]);
        var standardised = onnx.Node("Div", [onnx.Node("Sub", [onnx.Input(0), onnx.Input(3)]), scale]);
        onnx.Node("Add", [onnx.Node("Mul", [standardised, onnx.Input(1)]), onnx.Input(2)], onnx.Output);
    }

    private static ReadOnlySpan<T> Mask<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T> => frame.InputCount == 6 ? frame.Input(5) : default;

    private static bool IsCounted<T>(ReadOnlySpan<T> mask, int row) where T : unmanaged, IBinaryFloatingPointIeee754<T> => mask.IsEmpty || mask[row] != T.Zero;

    private static int Counted<T>(ReadOnlySpan<T> mask, int rows) where T : unmanaged, IBinaryFloatingPointIeee754<T> => mask.IsEmpty ? rows : rows - mask.Count(T.Zero);

    private static void Moments<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> mask, Span<T> mean, Span<T> variance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var width = mean.Length;
        var rows = Math.Max(1, Counted(mask, x.Length / width));
        for (var k = 0; k < width; k++)
        {
            double sum = 0, square = 0;
            for (var (i, row) = (k, 0); i < x.Length; i += width, row++)
                if (IsCounted(mask, row)) sum += double.CreateTruncating(x[i]);
            for (var (i, row) = (k, 0); i < x.Length; i += width, row++)
                if (IsCounted(mask, row)) square += Math.Pow(double.CreateTruncating(x[i]) - sum / rows, 2);
            (mean[k], variance[k]) = (T.CreateTruncating(sum / rows), T.CreateTruncating(square / rows));
        }
    }
}

/// <summary>What batch normalisation keeps for evaluation.</summary>
public static class BatchStatistics
{
    /// <summary>
    /// Takes the means and variances of the last training pass over into what every <see cref="BatchNorm"/> keeps; they are those of the weights of that pass.
    /// </summary>
    public static void KeepBatchStatistics<T>(this Plan<T> plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var index = 0; index < plan.Graph.Nodes.Count; index++)
        {
            var node = plan.Graph.Nodes[index];
            if (node.Op is not BatchNorm || !plan.IsNeeded(node)) continue;
            var state = plan.State(node, 0, 0);
            state[..node.Shape.Width].CopyTo(plan.Value(node.Inputs[3]));
            state[node.Shape.Width..].CopyTo(plan.Value(node.Inputs[4]));
        }
    }
}

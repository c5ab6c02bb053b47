using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Long-only weights that sum to one at each step: w = softmax of the scores x over the assets that may be held. Inputs: x <c>[T·A, 1]</c> and, if wanted,
/// a mask of 1 and 0; a step at which none may be held has weights of zero. In ONNX the batch is the assets of one step.
/// </summary>
public sealed class Softmax : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override bool LooksAlongTime => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => CrossSection.OutputShape(this, inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        for (var first = 0; first < frame.Rows; first += frame.Size.Assets)
        {
            var y = frame.Output.Slice(first, frame.Size.Assets);
            for (var a = 0; a < y.Length; a++) y[a] = CrossSection.IsHeld(frame, first + a) ? frame.Input(0)[first + a] : T.NegativeInfinity;
            Normalise(y);
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var dx = frame.InputGradient(0);
        for (var first = 0; first < frame.Rows; first += frame.Size.Assets)
        {
            var mean = T.Zero;
            for (var row = first; row < first + frame.Size.Assets; row++) mean += frame.Output[row] * frame.OutputGradient[row];
            for (var row = first; row < first + frame.Size.Assets; row++) dx[row] += frame.Output[row] * (frame.OutputGradient[row] - mean);
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var axis = OnnxAttribute.Integer("axis", 0);
        if (onnx.Inputs.Length == 1)
        {
            onnx.Node("Softmax", [onnx.Input(0)], onnx.Output, axis);
            return;
        }

        var outside = onnx.Node("Mul", [onnx.Node("Sub", [onnx.Scalar(1), onnx.Input(1)]), onnx.Scalar(-1e30f)]);
        onnx.Node("Mul", [onnx.Node("Softmax", [onnx.Node("Add", [onnx.Input(0), outside])], null, axis), onnx.Input(1)], onnx.Output);
    }

    /// <summary>Exponentials over their sum, safe from overflow; all zero where every score is −∞.</summary>
    public static void Normalise<T>(Span<T> scores) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var most = T.NegativeInfinity;
        foreach (var score in scores) most = T.Max(most, score);
        if (most == T.NegativeInfinity)
        {
            scores.Clear();
            return;
        }

        var sum = T.Zero;
        foreach (ref var score in scores)
        {
            score = T.Exp(score - most);
            sum += score;
        }

        foreach (ref var score in scores) score /= sum;
    }
}

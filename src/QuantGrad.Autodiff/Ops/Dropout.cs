using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Sets each value to zero with a given probability and scales the rest by 1/(1 − p) while training; the identity else and in ONNX
/// (Srivastava et al. 2014, inverted). The mask depends on the step's seed and the value's absolute place alone: blocks and threads don't matter.
/// </summary>
public sealed class Dropout : Op
{
    private readonly double probability;
    private readonly ulong threshold;

    /// <summary>Makes the op.</summary>
    /// <param name="probability">Of a value's loss, in [0, 1).</param>
    public Dropout(double probability)
    {
        if (probability is not (>= 0 and < 1)) throw new GraphException($"Dropout: the probability is {probability}, expected 0 ≤ p < 1.");
        this.probability = probability;
        threshold = (ulong)(probability * ulong.MaxValue);
    }

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.Expect(this, inputs, 1)[0];

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var y = frame.Output;
        if (!frame.Training) x.CopyTo(y);
        else
            for (var i = 0; i < y.Length; i++) y[i] = x[i] * Factor<T>(frame, i);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var dy = frame.OutputGradient;
        var dx = frame.InputGradient(0);
        for (var i = 0; i < dx.Length; i++) dx[i] += frame.Training ? dy[i] * Factor<T>(frame, i) : dy[i];
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Identity", [onnx.Input(0)], onnx.Output);

    private T Factor<T>(in OpFrame<T> frame, int i) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        RandomStream.At(frame.Seed, (ulong)((long)frame.FirstRow * frame.Width + i)) < threshold ? T.Zero : T.CreateTruncating(1 / (1 - probability));
}

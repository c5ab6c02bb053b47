using System.Numerics;
using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Sets each value to zero with a given probability and scales the rest by 1/(1 − p) while training; the identity else and in ONNX
/// (Srivastava et al. 2014, inverted). The mask depends on the step's seed and the value's absolute place alone: blocks and threads don't matter.
/// </summary>
public sealed class Dropout : Op
{
    private readonly double probability;
    private readonly uint threshold;

    /// <summary>Makes the op.</summary>
    /// <param name="probability">Of a value's loss, in [0, 1).</param>
    public Dropout(double probability)
    {
        if (probability is not (>= 0 and < 1)) throw new GraphException($"Dropout: the probability is {probability}, expected 0 ≤ p < 1.");
        this.probability = probability;
        threshold = (uint)Math.Round(probability * 65536);
    }

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override bool IsRandom => true;

    internal override bool WritesFreshGradients => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.Expect(this, inputs, 1)[0];

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var y = frame.Output;
        if (!frame.Training) x.CopyTo(y);
        else Apply(frame, x, y, add: false);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var dx = frame.InputGradient(0);
        if (frame.Training) Apply(frame, frame.OutputGradient, dx, add: !frame.IsFresh(0));
        else if (frame.IsFresh(0)) frame.OutputGradient.CopyTo(dx);
        else Spans.Add(frame.OutputGradient, dx);
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Identity", [onnx.Input(0)], onnx.Output);

    /// <summary>y = or += x · mask. Each random number serves four values, 16 bits each.</summary>
    private void Apply<T>(in OpFrame<T> frame, ReadOnlySpan<T> x, Span<T> y, bool add) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var keep = T.CreateTruncating(1 / (1 - probability));
        var (seed, first, bits) = (frame.Seed, frame.SeriesRow * frame.Width, 0UL);
        for (var i = 0; i < y.Length; i++)
        {
            var (group, part) = (first + i >> 2, (int)(first + i & 3));
            if (i == 0 || part == 0) bits = RandomStream.At(seed, (ulong)group);
            var value = (ushort)(bits >> (16 * part)) < threshold ? T.Zero : x[i] * keep;
            y[i] = add ? y[i] + value : value;
        }
    }
}

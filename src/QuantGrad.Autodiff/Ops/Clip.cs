using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>y = min(max(x, −limit), limit); its slope is 1 inside and 0 outside.</summary>
public sealed class Clip : Op
{
    private readonly double limit;

    /// <summary>Makes the op.</summary>
    /// <param name="limit">Above 0.</param>
    public Clip(double limit)
    {
        if (limit is not > 0) throw new GraphException($"Clip: the limit is {limit}, expected a number above 0.");
        this.limit = limit;
    }

    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ShapeRule.Expect(this, inputs, 1)[0];

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var bound = T.CreateTruncating(limit);
        var x = frame.Input(0);
        var y = frame.Output;
        var i = 0;
        Vector<T> most = new(bound), least = new(-bound);
        for (; i + Vector<T>.Count <= y.Length; i += Vector<T>.Count)
        {
            // By comparison, so that NaN stays NaN.
            var value = new Vector<T>(x[i..]);
            Vector.ConditionalSelect(Vector.GreaterThan(value, most), most, Vector.ConditionalSelect(Vector.LessThan(value, least), least, value)).CopyTo(y[i..]);
        }

        for (; i < y.Length; i++) y[i] = T.Clamp(x[i], -bound, bound);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var bound = T.CreateTruncating(limit);
        var x = frame.Input(0);
        var dy = frame.OutputGradient;
        var dx = frame.InputGradient(0);
        for (var i = 0; i < dx.Length; i++)
            if (T.Abs(x[i]) < bound) dx[i] += dy[i];
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) =>
        onnx.Node("Clip", [onnx.Input(0), onnx.Scalar((float)-limit), onnx.Scalar((float)limit)], onnx.Output);
}

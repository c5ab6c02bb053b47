using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>
/// Whether a &gt; b, as a number in [0, 1]: σ((a − b)/(temperature·scale)), and the step (a &gt; b ? 1 : 0) at temperature 0. Inputs: a and b, each a series
/// <c>[T·A, 1]</c> or a number <c>[1, 1]</c>; scale, the usual size of a − b, above 0; temperature, at least 0; these two are settings
/// and get no gradient.
/// </summary>
public sealed class Exceeds : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Operands.Broadcast(this, inputs, 2, settings: 2);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var a = frame.Operand(0);
        var b = frame.Operand(1);
        var y = frame.Output;
        var width = frame.Input(2)[0] * frame.Input(3)[0];
        if (width == T.Zero)
            for (var row = 0; row < y.Length; row++) y[row] = a[row] > b[row] ? T.One : T.Zero;
        else
            Sigmoids(a, b, T.One / width, y);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var width = frame.Input(2)[0] * frame.Input(3)[0];
        if (width == T.Zero) return;
        var a = frame.Operand(0);
        var b = frame.Operand(1);
        var dy = frame.OutputGradient;
        var da = frame.OperandGradient(0);
        var db = frame.OperandGradient(1);
        var y = frame.Output;
        var row = 0;
        for (; row <= dy.Length - Vector<T>.Count; row += Vector<T>.Count)
        {
            var value = new Vector<T>(y[row..]);
            var slopes = new Vector<T>(dy[row..]) * value * (Vector<T>.One - value) * (T.One / width);
            da.Add(row, slopes);
            db.Add(row, -slopes);
        }

        for (; row < dy.Length; row++)
        {
            var slope = dy[row] * y[row] * (T.One - y[row]) * (T.One / width);
            da.Add(row, slope);
            db.Add(row, -slope);
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var width = onnx.InputNumbers(2)[0] * onnx.InputNumbers(3)[0];
        if (width == 0) onnx.Node("Cast", [onnx.Node("Greater", [onnx.Input(0), onnx.Input(1)])], onnx.Output, OnnxAttribute.Integer("to", onnx.ElementType));
        else onnx.Node("Sigmoid", [onnx.Node("Div", [onnx.Node("Sub", [onnx.Input(0), onnx.Input(1)]), onnx.Number(width)])], onnx.Output);
    }

    /// <summary>y = 1/(1 + e^−x); the last rows go through a vector too, so that a row's value does not depend on where its block ends.</summary>
    private static void Sigmoids<T>(Operand<T> a, Operand<T> b, T slope, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var row = 0;
        for (; row <= y.Length - Vector<T>.Count; row += Vector<T>.Count) Sigmoid((a.Vector(row) - b.Vector(row)) * slope).CopyTo(y[row..]);
        if (row == y.Length) return;
        Span<T> rest = stackalloc T[Vector<T>.Count];
        rest.Clear();
        for (var i = row; i < y.Length; i++) rest[i - row] = (a[i] - b[i]) * slope;
        Sigmoid(new Vector<T>(rest)).CopyTo(rest);
        rest[..(y.Length - row)].CopyTo(y[row..]);
    }

    private static Vector<T> Sigmoid<T>(Vector<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector<T>.One / (Vector<T>.One + (typeof(T) == typeof(double)
        ? Vector.Exp((-x).As<T, double>()).As<double, T>()
        : Vector.Exp((-x).As<T, float>()).As<float, T>()));
}

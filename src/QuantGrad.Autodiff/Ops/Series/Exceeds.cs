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
            for (var row = 0; row < y.Length; row++) y[row] = Sigmoid((a[row] - b[row]) / width);
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
        for (var row = 0; row < dy.Length; row++)
        {
            var slope = dy[row] * y[row] * (T.One - y[row]) / width;
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

    private static T Sigmoid<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var e = T.Exp(-T.Abs(x));
        return x >= T.Zero ? T.One / (T.One + e) : e / (T.One + e);
    }
}

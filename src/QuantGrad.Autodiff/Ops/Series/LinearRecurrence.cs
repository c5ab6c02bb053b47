using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>
/// s[t] = a[t]·s[t − 1] + b[t] along time, from s = 0 before the first step: a state that is kept (a = 1), let go (a = 0) or partly so. Inputs a and b
/// <c>[T·A, 1]</c>. The gradient runs back through all of time in O(T): λ[t] = ds[t] + a[t + 1]·λ[t + 1], da = λ·s[t − 1], db = λ.
/// </summary>
public sealed class LinearRecurrence : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 2);
        ShapeRule.Expect(this, "what is kept", inputs[0], Shape.PerRow(1));
        ShapeRule.Expect(this, "what is added", inputs[1], Shape.PerRow(1));
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var a = frame.Input(0);
        var b = frame.Input(1);
        var s = frame.Output;
        var assets = frame.Size.Assets;
        b[..assets].CopyTo(s);
        for (var row = assets; row < s.Length; row++) s[row] = a[row] * s[row - assets] + b[row];
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var a = frame.Input(0);
        var s = frame.Output;
        var ds = frame.OutputGradient;
        var assets = frame.Size.Assets;
        var da = frame.OperandGradient(0);
        var db = frame.OperandGradient(1);
        for (var asset = 0; asset < assets; asset++)
        {
            var carried = T.Zero;
            for (var row = s.Length - assets + asset; row >= 0; row -= assets)
            {
                carried += ds[row];
                db.Add(row, carried);
                if (row >= assets) da.Add(row, carried * s[row - assets]);
                carried *= a[row];
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => RecurrenceOnnx.Write(onnx, onnx.Input(0), onnx.Input(1), onnx.Output);
}

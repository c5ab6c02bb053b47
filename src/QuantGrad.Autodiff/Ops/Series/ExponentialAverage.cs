using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>
/// y[t] = y[t − 1] + α·(x[t] − y[t − 1]) along time, from y[0] = x[0]. Inputs: x <c>[T·A, 1]</c>, and α in (0, 1], a number <c>[1, 1]</c> or one a row. The gradient
/// runs back through all of time in O(T): λ[t] = dy[t] + (1 − α)·λ[t + 1].
/// </summary>
public sealed class ExponentialAverage : Op
{
    /// <summary>Weights below this share of the newest are left out of the exported sums.</summary>
    private const double Negligible = 1e-18;

    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        Operands.Broadcast(this, inputs, 2);
        ShapeRule.Expect(this, "the series", inputs[0], Shape.PerRow(1));
        return inputs[0];
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var alpha = frame.Operand(1);
        var y = frame.Output;
        var assets = frame.Size.Assets;
        x[..assets].CopyTo(y);
        for (var row = assets; row < y.Length; row++) y[row] = y[row - assets] + alpha[row] * (x[row] - y[row - assets]);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var alpha = frame.Operand(1);
        var y = frame.Output;
        var dy = frame.OutputGradient;
        var assets = frame.Size.Assets;
        var dx = frame.OperandGradient(0);
        var dAlpha = frame.OperandGradient(1);
        for (var asset = 0; asset < assets; asset++)
        {
            var carried = T.Zero;
            for (var row = y.Length - assets + asset; row >= assets; row -= assets)
            {
                carried += dy[row];
                dx.Add(row, alpha[row] * carried);
                dAlpha.Add(row, carried * (x[row] - y[row - assets]));
                carried *= T.One - alpha[row];
            }

            dx.Add(asset, carried + dy[asset]);
        }
    }

    /// <summary>
    /// Writes the recursion in closed form: with z = x − x[0], sums of α·(1 − α)^j·z[t − j] over 2, 4, 8 … bars, until what is older weighs nothing. All rows are
    /// computed at once, where a loop of the runtime would take one after the other.
    /// </summary>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        if (onnx.Source.Inputs[1].Shape != Shape.Scalar)
        {
            RecurrenceOnnx.WriteAverage(onnx);
            return;
        }

        var alpha = onnx.InputNumbers(1)[0];
        var first = onnx.Node("Slice", [onnx.Input(0), onnx.Integers(0), onnx.Integers(1), onnx.Integers(1)]);
        var sum = onnx.Node("Mul", [onnx.Node("Sub", [onnx.Input(0), first]), onnx.Input(1)]);
        for (long reach = 1; Math.Pow(1 - alpha, reach) > Negligible && reach < RecurrenceOnnx.LongestReach; reach *= 2)
            sum = onnx.Node("Add", [sum, onnx.Node("Mul", [RecurrenceOnnx.Before(onnx, sum, reach), onnx.Number(Math.Pow(1 - alpha, reach))])]);
        onnx.Node("Add", [first, sum], onnx.Output);
    }
}

using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops.Series;

/// <summary>
/// The larger (or smaller) of a and b, rounded where they are close: ½(a + b ± √((a − b)² + (temperature·scale)²)), and exactly it at temperature 0, where the
/// slope goes to the one taken. Inputs as of <see cref="Exceeds"/>.
/// </summary>
/// <param name="largest">The larger, or the smaller.</param>
public sealed class Extreme(bool largest) : Op
{
    /// <inheritdoc/>
    public override string Name => largest ? "Larger" : "Smaller";

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
        var (half, sign) = (T.CreateTruncating(0.5), largest ? T.One : -T.One);
        if (width == T.Zero)
            for (var row = 0; row < y.Length; row++) y[row] = largest ? T.Max(a[row], b[row]) : T.Min(a[row], b[row]);
        else
            for (var row = 0; row < y.Length; row++) y[row] = half * (a[row] + b[row] + sign * T.Sqrt((a[row] - b[row]) * (a[row] - b[row]) + width * width));
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var a = frame.Operand(0);
        var b = frame.Operand(1);
        var dy = frame.OutputGradient;
        var da = frame.OperandGradient(0);
        var db = frame.OperandGradient(1);
        var width = frame.Input(2)[0] * frame.Input(3)[0];
        var (half, sign) = (T.CreateTruncating(0.5), largest ? T.One : -T.One);
        for (var row = 0; row < dy.Length; row++)
        {
            var distance = a[row] - b[row];
            var root = T.Sqrt(distance * distance + width * width);
            var lean = root == T.Zero ? T.Zero : sign * distance / root;
            da.Add(row, dy[row] * half * (T.One + lean));
            db.Add(row, dy[row] * half * (T.One - lean));
        }
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input < 2;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx)
    {
        var width = onnx.InputNumbers(2)[0] * onnx.InputNumbers(3)[0];
        var (a, b) = (onnx.Input(0), onnx.Input(1));
        if (width == 0)
        {
            onnx.Node(largest ? "Max" : "Min", [a, b], onnx.Output);
            return;
        }

        var distance = onnx.Node("Sub", [a, b]);
        var root = onnx.Node("Sqrt", [onnx.Node("Add", [onnx.Node("Mul", [distance, distance]), onnx.Number(width * width)])]);
        onnx.Node("Mul", [onnx.Node(largest ? "Add" : "Sub", [onnx.Node("Add", [a, b]), root]), onnx.Scalar(0.5f)], onnx.Output);
    }
}

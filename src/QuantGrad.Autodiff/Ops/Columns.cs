using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>The columns first … first + count − 1 of x <c>[rows, width]</c>.</summary>
/// <param name="first">The first column, from 0.</param>
/// <param name="count">How many, at least 1.</param>
public sealed class Columns(int first, int count = 1) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        var x = ShapeRule.Expect(this, inputs, 1)[0];
        return first >= 0 && count >= 1 && first + count <= x.Width
            ? x with { Width = count }
            : throw new GraphException($"Columns: {first} … {first + count - 1} are not all among the columns 0 … {x.Width - 1} of {x}.");
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var y = frame.Output;
        var width = frame.InputWidth(0);
        for (var row = 0; row < frame.Rows; row++) x.Slice(row * width + first, count).CopyTo(y[(row * count)..]);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var dy = frame.OutputGradient;
        var dx = frame.InputGradient(0);
        var width = frame.InputWidth(0);
        for (var row = 0; row < frame.Rows; row++)
            for (var k = 0; k < count; k++)
                dx[row * width + first + k] += dy[row * count + k];
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) =>
        onnx.Node("Slice", [onnx.Input(0), onnx.Integers(first), onnx.Integers(first + count), onnx.Integers(-1)], onnx.Output);
}

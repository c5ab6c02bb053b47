using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// The row of a table that each row asks for: y = table[index]; the table's last row is for every index that is not one of the table's. Inputs: index <c>[T·A, 1]</c>, a whole
/// number in each row, and the table <c>[N, width]</c>. It does not matter which asset stands in which column, and a served row can ask.
/// </summary>
public sealed class Lookup : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 2);
        ShapeRule.Expect(this, "the index", inputs[0], Shape.PerRow(1));
        ShapeRule.Expect(this, "the table", inputs[1], Shape.Fixed(inputs[1].FixedRows, inputs[1].Width));
        return Shape.PerRow(inputs[1].Width);
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var table = frame.Input(1);
        for (var row = 0; row < frame.Rows; row++)
        {
            table.Slice(Place(frame.Input(0)[row], table.Length / width) * width, width).CopyTo(frame.Output.Slice(row * width, width));
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(1)) return;
        var width = frame.Width;
        var table = frame.InputGradient(1);
        for (var row = 0; row < frame.Rows; row++)
        {
            var place = Place(frame.Input(0)[row], table.Length / width);
            Kernels.Spans.Add(frame.OutputGradient.Slice(row * width, width), table.Slice(place * width, width));
        }
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input == 0;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => Write(onnx, onnx.Input(0), onnx.InputNumbers(1), onnx.Source.Shape.Width, onnx.Output);

    /// <summary>Writes a lookup in a table of so many columns.</summary>
    internal static string Write(OnnxNodeWriter onnx, string asked, double[] table, int width, string? output = null)
    {
        const long Integer64 = 7;
        var rows = table.Length / width;
        var known = onnx.Node("And", [onnx.Node("GreaterOrEqual", [asked, onnx.Scalar(0)]), onnx.Node("Less", [asked, onnx.Scalar(rows)])]);
        var index = onnx.Node("Cast", [onnx.Node("Where", [known, asked, onnx.Scalar(rows - 1)])], null, OnnxAttribute.Integer("to", Integer64));
        return onnx.Node("Gather", [onnx.Table("table", [rows, width], table), onnx.Node("Squeeze", [index, onnx.Integers(-1)])], output);
    }

    private static int Place<T>(T index, int rows) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var place = int.CreateTruncating(index);
        return place >= 0 && place < rows ? place : rows - 1;
    }
}

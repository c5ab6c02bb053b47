using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>The columns of all inputs side by side; the inputs have the same rows.</summary>
public sealed class Concatenate : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        if (inputs.IsEmpty) throw new GraphException("Concatenate takes at least 1 input, found 0.");
        var width = 0;
        foreach (var shape in inputs)
        {
            ShapeRule.Expect(this, "an input", shape, inputs[0] with { Width = shape.Width });
            width += shape.Width;
        }

        return inputs[0] with { Width = width };
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var y = frame.Output;
        var first = 0;
        for (var input = 0; input < frame.InputCount; input++)
        {
            var x = frame.Input(input);
            var width = frame.InputWidth(input);
            for (var row = 0; row < frame.Rows; row++) x.Slice(row * width, width).CopyTo(y[(row * frame.Width + first)..]);
            first += width;
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var dy = frame.OutputGradient;
        var first = 0;
        for (var input = 0; input < frame.InputCount; first += frame.InputWidth(input++))
        {
            if (!frame.WantsGradient(input)) continue;
            var dx = frame.InputGradient(input);
            var width = frame.InputWidth(input);
            for (var row = 0; row < frame.Rows; row++)
                for (var k = 0; k < width; k++)
                    dx[row * width + k] += dy[row * frame.Width + first + k];
        }
    }

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Concat", onnx.Inputs, onnx.Output, OnnxAttribute.Integer("axis", -1));
}

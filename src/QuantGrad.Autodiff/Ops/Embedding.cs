namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Each row's own asset's vector: y[t, a] = table[a], from a table <c>[A, width]</c> of parameters. There is no ONNX form: a served batch does not say which
/// asset a row is.
/// </summary>
public sealed class Embedding : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => true;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(this, inputs, 1);
        ShapeRule.Expect(this, "the table", inputs[0], Shape.PerAsset(inputs[0].Width));
        return Shape.PerRow(inputs[0].Width);
    }

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var assets = frame.Size.Assets;
        for (var row = 0; row < frame.Rows; row++)
            frame.Input(0).Slice((frame.FirstRow + row) % assets * width, width).CopyTo(frame.Output[(row * width)..]);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        var width = frame.Width;
        var assets = frame.Size.Assets;
        for (var row = 0; row < frame.Rows; row++)
            Kernels.Spans.Add(frame.OutputGradient.Slice(row * width, width), frame.InputGradient(0).Slice((frame.FirstRow + row) % assets * width, width));
    }
}

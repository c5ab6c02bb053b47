using System.Numerics;
using QuantGrad.Autodiff.Onnx;

namespace QuantGrad.Autodiff.Ops;

/// <summary>
/// Gathers each asset's own bars to the front: a model that looks along time sees one bar of a symbol after another, never the calendar's holes.
/// y[bar[t, a], a] = x[t, a] where bar is not negative; rows behind an asset's last bar are zero. Inputs: x <c>[T·A, F]</c> and bar <c>[T·A, 1]</c>, the place of
/// the cell among its asset's bars (0, 1, 2 … in order of time) or −1 for a cell that is none. <see cref="ToCalendar"/> is its reverse.
/// In ONNX it is the identity: a served window holds own bars only.
/// </summary>
public sealed class ToOwnBars : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => OwnBars.OutputShape(this, inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        frame.Output.Clear();
        for (var row = 0; row < frame.Rows; row++)
            if (OwnBars.Row(frame, row) is >= 0 and var own) Row(frame.Input(0), row, frame.Width).CopyTo(frame.Output[(own * frame.Width)..]);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        for (var row = 0; row < frame.Rows; row++)
            if (OwnBars.Row(frame, row) is >= 0 and var own) Kernels.Spans.Add(Row(frame.OutputGradient, own, frame.Width), frame.InputGradient(0).Slice(row * frame.Width, frame.Width));
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input == 0;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Identity", [onnx.Input(0)], onnx.Output);

    private static ReadOnlySpan<T> Row<T>(ReadOnlySpan<T> values, int row, int width) => values.Slice(row * width, width);
}

/// <summary>
/// Puts each asset's own bars back on the calendar: y[t, a] = x[bar[t, a], a], zero where bar is negative. Inputs as of <see cref="ToOwnBars"/>, whose reverse it is.
/// </summary>
public sealed class ToCalendar : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => OwnBars.OutputShape(this, inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        for (var row = 0; row < frame.Rows; row++)
        {
            var y = frame.Output.Slice(row * frame.Width, frame.Width);
            if (OwnBars.Row(frame, row) is >= 0 and var own) frame.Input(0).Slice(own * frame.Width, frame.Width).CopyTo(y);
            else y.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        for (var row = 0; row < frame.Rows; row++)
            if (OwnBars.Row(frame, row) is >= 0 and var own) Kernels.Spans.Add(frame.OutputGradient.Slice(row * frame.Width, frame.Width), frame.InputGradient(0).Slice(own * frame.Width, frame.Width));
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input == 0;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Identity", [onnx.Input(0)], onnx.Output);
}

/// <summary>What the two share: their shape rule and where a cell's bar lies.</summary>
internal static class OwnBars
{
    /// <summary>x <c>[T·A, F]</c> and bar <c>[T·A, 1]</c>.</summary>
    internal static Shape OutputShape(Op op, ReadOnlySpan<Shape> inputs)
    {
        ShapeRule.Expect(op, inputs, 2);
        ShapeRule.Expect(op, "the input x", inputs[0], Shape.PerRow(inputs[0].Width));
        ShapeRule.Expect(op, "the place of the bar", inputs[1], Shape.PerRow(1));
        return inputs[0];
    }

    /// <summary>The row that holds a cell's bar among its asset's own; −1 where the cell has none.</summary>
    internal static int Row<T>(in OpFrame<T> frame, int row) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var bar = int.CreateTruncating(frame.Input(1)[row]);
        return bar < 0 ? -1 : bar * frame.Size.Assets + row % frame.Size.Assets;
    }
}

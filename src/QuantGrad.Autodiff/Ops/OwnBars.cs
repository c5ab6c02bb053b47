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
        OwnBars.Move(frame.Input(1), frame.Input(0), frame.Output, frame.Size.Assets, frame.Width, toCalendar: false);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (frame.WantsGradient(0)) OwnBars.Move(frame.Input(1), frame.OutputGradient, frame.InputGradient(0), frame.Size.Assets, frame.Width, toCalendar: true);
    }

    /// <inheritdoc/>
    public override bool IsReadByOnnx(int input) => input == 0;

    /// <inheritdoc/>
    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("Identity", [onnx.Input(0)], onnx.Output);
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
        frame.Output.Clear();
        OwnBars.Move(frame.Input(1), frame.Input(0), frame.Output, frame.Size.Assets, frame.Width, toCalendar: true);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (frame.WantsGradient(0)) OwnBars.Move(frame.Input(1), frame.OutputGradient, frame.InputGradient(0), frame.Size.Assets, frame.Width, toCalendar: false);
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

    /// <summary>Adds each cell's row to its place among the asset's own bars, or the other way.</summary>
    /// <param name="bars">The place of each cell, −1 for none.</param>
    /// <param name="from">Rows on the calendar; own bars where the way is to the calendar.</param>
    /// <param name="to">Added to: the other of the two.</param>
    /// <param name="assets">A.</param>
    /// <param name="width">Values a row.</param>
    /// <param name="toCalendar">The way.</param>
    internal static void Move<T>(ReadOnlySpan<T> bars, ReadOnlySpan<T> from, Span<T> to, int assets, int width, bool toCalendar) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var first = 0; first < bars.Length; first += assets)
        {
            for (var asset = 0; asset < assets; asset++)
            {
                var bar = bars[first + asset];
                if (bar < T.Zero) continue;
                var (calendar, own) = ((first + asset) * width, (int.CreateTruncating(bar) * assets + asset) * width);
                var (source, target) = toCalendar ? (own, calendar) : (calendar, own);
                for (var i = 0; i < width; i++) to[target + i] += from[source + i];
            }
        }
    }
}

namespace QuantGrad.Autodiff.Ops;

/// <summary>The shape rule of the heads that share a portfolio out among the assets of one step: a score an asset, and perhaps a mask.</summary>
internal static class CrossSection
{
    /// <summary>x <c>[T·A, 1]</c> and, as a second input, 1 where the asset may be held and 0 where not.</summary>
    internal static Shape OutputShape(Op op, ReadOnlySpan<Shape> inputs)
    {
        if (inputs.Length != 2) ShapeRule.Expect(op, inputs, 1);
        ShapeRule.Expect(op, "the score", inputs[0], Shape.PerRow(1));
        if (inputs.Length == 2) ShapeRule.Expect(op, "the mask", inputs[1], inputs[0]);
        return inputs[0];
    }

    /// <summary>Whether the asset of a row may be held.</summary>
    internal static bool IsHeld<T>(in OpFrame<T> frame, int row) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        frame.InputCount == 1 || frame.Input(1)[row] != T.Zero;
}

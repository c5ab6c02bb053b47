using QuantGrad.Autodiff;

namespace QuantGrad.Auditing;

/// <summary>The sum of a per-row node over the assets of one step: a scalar whose gradient shows what that step's positions depend on.</summary>
/// <param name="step">The step.</param>
internal sealed class StepProbe(int step) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs.Length == 1 && inputs[0] == Shape.PerRow(1)
        ? Shape.Scalar
        : throw new GraphException($"A step probe takes one input of shape {Shape.PerRow(1)}.");

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var sum = T.Zero;
        foreach (var value in frame.Input(0).Slice(step * frame.Size.Assets, frame.Size.Assets)) sum += value;
        frame.Output[0] = sum;
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        foreach (ref var gradient in frame.InputGradient(0).Slice(step * frame.Size.Assets, frame.Size.Assets)) gradient += frame.OutputGradient[0];
    }
}

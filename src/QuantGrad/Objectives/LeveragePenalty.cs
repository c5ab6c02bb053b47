using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>
/// weight · mean over the counted steps of Σ|w|, the gross leverage decided at a step (symbols without a decision add nothing), with |x| smoothed as in the accounting.
/// The Sharpe ratio does not care for leverage; this pins it. Inputs: targets and decided <c>[T·A, 1]</c>, costs <c>[1, 3]</c>, lead <c>[1, 1]</c>. Output a scalar.
/// </summary>
/// <param name="weight">Loss a unit of gross leverage, at least 0.</param>
internal sealed class LeveragePenalty(double weight) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) =>
        inputs.Length == 4 && inputs[0] == Shape.PerRow(1) && inputs[1] == Shape.PerRow(1) && inputs[2] == Shape.Fixed(1, 3) && inputs[3] == Shape.Scalar
            ? Shape.Scalar
            : throw new GraphException("The leverage penalty takes targets, decided, costs and lead.");

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var targets = frame.Input(0);
        var decided = frame.Input(1);
        var epsilon = frame.Input(2)[2];
        var lead = CountedRows.Lead(frame, 3);
        var sum = 0.0;
        for (var cell = lead * frame.Size.Assets; cell < targets.Length; cell++)
            if (decided[cell] != T.Zero) sum += double.CreateTruncating(SmoothAbs.Value(targets[cell], epsilon));
        frame.Output[0] = T.CreateTruncating(weight * sum / (frame.Size.Steps - lead));
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var targets = frame.Input(0);
        var decided = frame.Input(1);
        var epsilon = frame.Input(2)[2];
        var gradient = frame.InputGradient(0);
        var lead = CountedRows.Lead(frame, 3);
        var each = frame.OutputGradient[0] * T.CreateTruncating(weight / (frame.Size.Steps - lead));
        for (var cell = lead * frame.Size.Assets; cell < targets.Length; cell++)
            if (decided[cell] != T.Zero) gradient[cell] += each * SmoothAbs.Derivative(targets[cell], epsilon);
    }
}

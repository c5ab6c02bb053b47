using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>
/// What all objectives over the books share: they take the books <c>[T, 4]</c> of <see cref="AccountingOp"/> and the lead <c>[1, 1]</c>, the number of
/// leading rows that warm a model up and are not counted (0 to T − 1), and give one number.
/// </summary>
internal static class CountedRows
{
    /// <summary>The shape rule.</summary>
    public static Shape Check(ReadOnlySpan<Shape> inputs) =>
        inputs.Length == 2 && inputs[0] == Shape.PerStep(PortfolioAccounting.Columns) && inputs[1] == Shape.Scalar
            ? Shape.Scalar
            : throw new GraphException($"An objective takes the accounting's result {Shape.PerStep(PortfolioAccounting.Columns)} and the lead {Shape.Scalar}.");

    /// <summary>The number of leading rows that are not counted.</summary>
    /// <exception cref="GraphException">No row is left to count.</exception>
    public static int Lead<T>(in OpFrame<T> frame, int input) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lead = int.CreateTruncating(frame.Input(input)[0]);
        return lead >= 0 && lead < frame.Size.Steps
            ? lead
            : throw new GraphException($"An objective's lead is {lead}, expected 0 to {frame.Size.Steps - 1}, below the number of rows.");
    }

    /// <summary>The rows of the books that are counted.</summary>
    public static ReadOnlySpan<T> Of<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        frame.Input(0)[(Lead(frame, 1) * PortfolioAccounting.Columns)..];

    /// <summary>The gradients of the rows that are counted.</summary>
    public static Span<T> Gradient<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        frame.InputGradient(0)[(Lead(frame, 1) * PortfolioAccounting.Columns)..];
}

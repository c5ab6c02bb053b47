using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>The shape rule that all objectives over the books share: result rows in, one number out.</summary>
internal static class ObjectiveShape
{
    public static Shape Check(ReadOnlySpan<Shape> inputs) =>
        inputs.Length == 1 && inputs[0] == Shape.PerStep(PortfolioAccounting.Columns)
            ? Shape.Scalar
            : throw new GraphException($"An objective takes the accounting's result {Shape.PerStep(PortfolioAccounting.Columns)}.");
}

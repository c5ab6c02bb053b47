using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>weight · mean(Δ) · A: the turnover of a year, times a weight, added to the loss. Inputs and output are those of <see cref="CountedRows"/>.</summary>
/// <param name="weight">Loss a unit of yearly turnover, at least 0.</param>
/// <param name="periodsPerYear">A, bars a year.</param>
internal sealed class TurnoverPenalty(double weight, double periodsPerYear) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => CountedRows.Check(inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var rows = CountedRows.Of(frame);
        double sum = 0;
        for (var row = PortfolioAccounting.Turnover; row < rows.Length; row += PortfolioAccounting.Columns) sum += double.CreateTruncating(rows[row]);
        frame.Output[0] = T.CreateTruncating(weight * periodsPerYear * sum * PortfolioAccounting.Columns / rows.Length);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var gradient = CountedRows.Gradient(frame);
        var each = frame.OutputGradient[0] * T.CreateTruncating(weight * periodsPerYear * PortfolioAccounting.Columns / gradient.Length);
        for (var row = PortfolioAccounting.Turnover; row < gradient.Length; row += PortfolioAccounting.Columns) gradient[row] += each;
    }
}

using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Metrics.Differentiable;

namespace QuantGrad.Objectives;

/// <summary>
/// The negative Sharpe ratio of the books' net returns as an op: <see cref="SharpeLoss"/> (Lim, Zohren and Roberts 2019, eq. 10, with ε inside the root so that
/// a flat strategy neither divides by zero nor loses its gradient). Inputs and output are those of <see cref="CountedRows"/>.
/// </summary>
/// <param name="periodsPerYear">A, bars a year, above 0.</param>
internal sealed class SharpeObjective(double periodsPerYear) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => CountedRows.Check(inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame) => frame.Output[0] = T.CreateTruncating(Loss(CountedRows.Of(frame)).Value);

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var rows = CountedRows.Of(frame);
        var (offset, slope) = Loss(rows).Affine;
        var constant = T.CreateTruncating(offset) * frame.OutputGradient[0];
        var linear = T.CreateTruncating(slope) * frame.OutputGradient[0];
        var gradient = CountedRows.Gradient(frame);
        for (var row = PortfolioAccounting.Net; row < rows.Length; row += PortfolioAccounting.Columns) gradient[row] += constant + linear * rows[row];
    }

    private SharpeLoss Loss<T>(ReadOnlySpan<T> rows) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double sum = 0, squares = 0;
        for (var row = PortfolioAccounting.Net; row < rows.Length; row += PortfolioAccounting.Columns)
        {
            var value = double.CreateTruncating(rows[row]);
            sum += value;
            squares += value * value;
        }

        return new SharpeLoss(sum, squares, rows.Length / PortfolioAccounting.Columns, periodsPerYear);
    }
}

using System.Buffers;
using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>
/// An objective of the books' net returns r[t] as an op: each one gives its value and slopes dL/dr[t] in one place, in double. Inputs and output are
/// those of <see cref="CountedRows"/>.
/// </summary>
internal abstract class ReturnsObjective : Op
{
    /// <inheritdoc/>
    public sealed override bool IsRowWise => false;

    /// <inheritdoc/>
    public sealed override Shape OutputShape(ReadOnlySpan<Shape> inputs) => CountedRows.Check(inputs);

    /// <summary>The loss, and its slope for each return.</summary>
    /// <param name="returns">Net returns a bar, at least one.</param>
    /// <param name="slopes">To be filled; as long as the returns.</param>
    public abstract double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes);

    /// <inheritdoc/>
    public sealed override void Forward<T>(in OpFrame<T> frame)
    {
        var rows = CountedRows.Of(frame);
        var slopes = ArrayPool<double>.Shared.Rent(rows.Length / PortfolioAccounting.Columns);
        frame.Output[0] = T.CreateTruncating(Evaluate(rows, slopes.AsSpan(0, rows.Length / PortfolioAccounting.Columns)));
        ArrayPool<double>.Shared.Return(slopes);
    }

    /// <inheritdoc/>
    public sealed override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var gradient = CountedRows.Gradient(frame);
        var steps = gradient.Length / PortfolioAccounting.Columns;
        var slopes = ArrayPool<double>.Shared.Rent(steps);
        Evaluate(CountedRows.Of(frame), slopes.AsSpan(0, steps));
        for (var t = 0; t < steps; t++)
            gradient[t * PortfolioAccounting.Columns + PortfolioAccounting.Net] += frame.OutputGradient[0] * T.CreateTruncating(slopes[t]);
        ArrayPool<double>.Shared.Return(slopes);
    }

    private double Evaluate<T>(ReadOnlySpan<T> rows, Span<double> slopes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var returns = ArrayPool<double>.Shared.Rent(slopes.Length);
        for (var t = 0; t < slopes.Length; t++) returns[t] = double.CreateTruncating(rows[t * PortfolioAccounting.Columns + PortfolioAccounting.Net]);
        var value = Evaluate(returns.AsSpan(0, slopes.Length), slopes);
        ArrayPool<double>.Shared.Return(returns);
        return value;
    }
}

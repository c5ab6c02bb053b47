using System.Buffers;
using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>
/// An objective of the books' net returns r[t] as an op: each one gives its value and slopes dL/dr[t] in one place, in double. Input <c>[T, 4]</c> of
/// <see cref="AccountingOp"/>, output a scalar to be minimised.
/// </summary>
internal abstract class ReturnsObjective : Op
{
    /// <inheritdoc/>
    public sealed override bool IsRowWise => false;

    /// <inheritdoc/>
    public sealed override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ObjectiveShape.Check(inputs);

    /// <summary>The loss, and its slope for each return.</summary>
    /// <param name="returns">Net returns a bar, at least one.</param>
    /// <param name="slopes">To be filled; as long as the returns.</param>
    public abstract double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes);

    /// <inheritdoc/>
    public sealed override void Forward<T>(in OpFrame<T> frame)
    {
        var slopes = ArrayPool<double>.Shared.Rent(frame.Size.Steps);
        frame.Output[0] = T.CreateTruncating(Evaluate(frame.Input(0), slopes.AsSpan(0, frame.Size.Steps)));
        ArrayPool<double>.Shared.Return(slopes);
    }

    /// <inheritdoc/>
    public sealed override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var slopes = ArrayPool<double>.Shared.Rent(frame.Size.Steps);
        Evaluate(frame.Input(0), slopes.AsSpan(0, frame.Size.Steps));
        var gradient = frame.InputGradient(0);
        for (var t = 0; t < frame.Size.Steps; t++)
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

using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>
/// The loss −√A · μ / √(q − μ² + ε) over the net returns of the accounting, q = mean(r²) (Lim, Zohren and Roberts 2019, eq. 10, with ε inside the root
/// so that a flat strategy neither divides by zero nor loses its gradient). Input <c>[T, 4]</c> of <see cref="AccountingOp"/>, output a scalar.
/// Gradient: −√A · [1/(n·s) − μ(r−μ)/(n·s³)].
/// </summary>
/// <param name="periodsPerYear">A, bars a year, above 0.</param>
internal sealed class SharpeObjective(double periodsPerYear) : Op
{
    /// <summary>ε of the loss.</summary>
    public const double Epsilon = 1e-9;

    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => ObjectiveShape.Check(inputs);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var (mean, deviation) = Moments(frame.Input(0));
        frame.Output[0] = T.CreateTruncating(-Math.Sqrt(periodsPerYear) * mean / deviation);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var rows = frame.Input(0);
        var (mean, deviation) = Moments(rows);
        var count = rows.Length / PortfolioAccounting.Columns;
        var scale = -Math.Sqrt(periodsPerYear) * double.CreateTruncating(frame.OutputGradient[0]) / (count * deviation);
        var slope = -scale * mean / (deviation * deviation);
        var constant = T.CreateTruncating(scale - slope * mean);
        var linear = T.CreateTruncating(slope);
        var gradient = frame.InputGradient(0);
        for (var row = PortfolioAccounting.Net; row < rows.Length; row += PortfolioAccounting.Columns) gradient[row] += constant + linear * rows[row];
    }

    private static (double Mean, double Deviation) Moments<T>(ReadOnlySpan<T> rows) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double sum = 0, squares = 0;
        for (var row = PortfolioAccounting.Net; row < rows.Length; row += PortfolioAccounting.Columns)
        {
            var value = double.CreateTruncating(rows[row]);
            sum += value;
            squares += value * value;
        }

        var count = rows.Length / PortfolioAccounting.Columns;
        var mean = sum / count;
        return (mean, Math.Sqrt(Math.Max(squares / count - mean * mean, 0) + Epsilon));
    }
}

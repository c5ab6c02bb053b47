using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Metrics.Differentiable;

namespace QuantGrad.Objectives;

/// <summary>
/// −√A·mean(D) of the differential Sharpe ratios D of the books' net returns, for online training (Moody and Saffell 2001, eq. 18): each return is judged by what it
/// adds to the moving Sharpe ratio before it. The gradient is that of online learning: the moving averages A and B before a bar are held, so dL/dr[t] = −√A·(dD/dR)[t]/n
/// and nothing runs through them. (Through A and B the sum of D telescopes to the last moving Sharpe ratio, and only the last bars would teach.) For a check by
/// differences the averages can be held as well: a row of the third input with B above 0 takes the place of the moving averages before that bar.
/// Inputs: books <c>[T, 4]</c>, lead <c>[1, 1]</c> as in <see cref="CountedRows"/>, held A and B <c>[T, 2]</c> (zeros: they move). Output a scalar.
/// </summary>
/// <param name="periodsPerYear">A under the root, bars a year.</param>
/// <param name="eta">η, the rate of the moving averages: 0.01 remembers about a hundred bars.</param>
/// <param name="mean">A before the first counted bar.</param>
/// <param name="meanSquare">B before the first counted bar, above 0: 1e-4 is a deviation of 1% a bar.</param>
/// <param name="epsilon">Added to B − A², so that a flat strategy neither divides by zero nor has an endless gradient.</param>
internal sealed class DifferentialSharpeObjective(double periodsPerYear, double eta = 0.01, double mean = 0, double meanSquare = 1e-4, double epsilon = 1e-9) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs.Length == 3 && inputs[2] == Shape.PerStep(2)
        ? CountedRows.Check(inputs[..2])
        : throw new GraphException($"The differential Sharpe ratio takes the books, the lead and the averages {Shape.PerStep(2)} that are held.");

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame) => frame.Output[0] = T.CreateTruncating(Pass(frame, []));

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (frame.WantsGradient(0)) Pass(frame, CountedRows.Gradient(frame));
    }

    /// <summary>Writes A and B before each counted bar, for the third input; leading rows stay as they are.</summary>
    /// <param name="books"><c>[T, 4]</c>.</param>
    /// <param name="lead">Rows that are not counted.</param>
    /// <param name="held"><c>[T, 2]</c>.</param>
    public void Averages(ReadOnlySpan<double> books, int lead, Span<double> held)
    {
        var state = new DifferentialSharpe(eta, mean, meanSquare, epsilon);
        for (var row = lead; row * PortfolioAccounting.Columns < books.Length; row++)
        {
            (held[2 * row], held[2 * row + 1]) = (state.Mean, state.MeanSquare);
            state.Update(books[row * PortfolioAccounting.Columns + PortfolioAccounting.Net]);
        }
    }

    private double Pass<T>(in OpFrame<T> frame, Span<T> gradient) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var rows = CountedRows.Of(frame);
        var held = frame.Input(2)[(2 * CountedRows.Lead(frame, 1))..];
        var scale = -Math.Sqrt(periodsPerYear) / (rows.Length / PortfolioAccounting.Columns);
        var state = new DifferentialSharpe(eta, mean, meanSquare, epsilon);
        var sum = 0.0;
        for (int row = PortfolioAccounting.Net, at = 0; row < rows.Length; row += PortfolioAccounting.Columns, at += 2)
        {
            if (held[at + 1] > T.Zero) state = new DifferentialSharpe(eta, double.CreateTruncating(held[at]), double.CreateTruncating(held[at + 1]), epsilon);
            var (ratio, derivative) = state.Update(double.CreateTruncating(rows[row]));
            sum += ratio;
            if (!gradient.IsEmpty) gradient[row] += frame.OutputGradient[0] * T.CreateTruncating(scale * derivative);
        }

        return scale * sum;
    }
}

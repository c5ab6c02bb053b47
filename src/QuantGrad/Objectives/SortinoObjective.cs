namespace QuantGrad.Objectives;

/// <summary>−√A·mean(r)/√(mean(min(r, 0)²) + ε): only losses count as risk (Sortino and van der Meer 1991, target 0).</summary>
/// <param name="periodsPerYear">A, bars a year.</param>
internal sealed class SortinoObjective(double periodsPerYear) : ReturnsObjective
{
    private const double Epsilon = 1e-9;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        double sum = 0, squares = 0;
        foreach (var r in returns)
        {
            sum += r;
            squares += Math.Pow(Math.Min(r, 0), 2);
        }

        var n = (double)returns.Length;
        var (mean, deviation, annual) = (sum / n, Math.Sqrt(squares / n + Epsilon), Math.Sqrt(periodsPerYear));
        for (var t = 0; t < returns.Length; t++)
            slopes[t] = -annual / n * (1 / deviation - mean * Math.Min(returns[t], 0) / (deviation * deviation * deviation));
        return -annual * mean / deviation;
    }
}

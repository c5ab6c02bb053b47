namespace QuantGrad.Objectives;

/// <summary>−A·(mean(r) − λ/2·variance(r)): Markowitz's (1952) utility a year, with the variance around the mean of the window.</summary>
/// <param name="periodsPerYear">A, bars a year.</param>
/// <param name="riskAversion">λ, at least 0; 10 where the file says nothing.</param>
internal sealed class MeanVarianceObjective(double periodsPerYear, double riskAversion = 10) : ReturnsObjective
{
    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        double sum = 0, squares = 0;
        foreach (var r in returns) sum += r;
        var mean = sum / returns.Length;
        for (var t = 0; t < returns.Length; t++)
        {
            var deviation = returns[t] - mean;
            squares += deviation * deviation;
            slopes[t] = -periodsPerYear / returns.Length * (1 - riskAversion * deviation);
        }

        return -periodsPerYear * (mean - riskAversion / 2 * squares / returns.Length);
    }
}

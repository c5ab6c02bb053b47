namespace QuantGrad.Objectives;

/// <summary>
/// −A·mean(log(1 + r)): the growth rate a year (Kelly 1956). Below 1 + r = 1% the logarithm goes on as its tangent, so that a ruinous bar still has a gradient.
/// </summary>
/// <param name="periodsPerYear">A, bars a year.</param>
internal sealed class LogUtilityObjective(double periodsPerYear) : ReturnsObjective
{
    private const double Least = 0.01;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        var (sum, share) = (0.0, periodsPerYear / returns.Length);
        for (var t = 0; t < returns.Length; t++)
        {
            var growth = Math.Max(1 + returns[t], Least);
            sum += Math.Log(growth) + (1 + returns[t] - growth) / growth;
            slopes[t] = -share / growth;
        }

        return -share * sum;
    }
}

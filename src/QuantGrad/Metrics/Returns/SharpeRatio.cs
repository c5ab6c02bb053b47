namespace QuantGrad.Metrics.Returns;

/// <summary>
/// The Sharpe ratio: mean/std(ddof 1)·√A. The one place where mean is divided by spread: the loss, the validation score, the report and
/// the bootstrap call <see cref="Formula"/>.
/// </summary>
public static class SharpeRatio
{
    internal static readonly MetricDefinition Definition = new(
        "sharpe", "Sharpe ratio", "ratio", "(mean(net) − rf/A) / std(net, ddof 1) · √A", "Sharpe (1994); quantstats, empyrical",
        "fewer than 2 returns, or all of them the same", input => Of(input.Net, input.PeriodsPerYear, input.RiskFreePerPeriod));

    internal static readonly MetricDefinition Gross = new(
        "gross_sharpe", "Sharpe ratio before cost", "ratio", "(mean(gross) − rf/A) / std(gross, ddof 1) · √A", "Sharpe (1994)",
        "no gross returns, fewer than 2 of them, or all the same",
        input => input.Series.Gross is { } gross
            ? Of(gross, input.PeriodsPerYear, input.RiskFreePerPeriod)
            : MetricValue.Undefined("the returns before cost are not known"));

    /// <summary>mean/√(variance + ε)·√A: the formula itself.</summary>
    /// <param name="mean">Mean return of a bar.</param>
    /// <param name="variance">Variance of the returns: ddof 1 in figures, ddof 0 in the loss.</param>
    /// <param name="periodsPerYear">A; 1 gives the ratio of one observation.</param>
    /// <param name="epsilon">Added to the variance: 0 in figures, 1e-9 in the loss.</param>
    public static double Formula(double mean, double variance, double periodsPerYear = 1, double epsilon = 0) =>
        mean / Math.Sqrt(variance + epsilon) * Math.Sqrt(periodsPerYear);

    /// <summary>The annual Sharpe ratio of net returns; no allocation.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="riskFreePerPeriod">The risk-free return of one bar.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, double periodsPerYear, double riskFreePerPeriod = 0)
    {
        var moments = Moments.Of(returns);
        if (moments.HasRuin) return MetricValue.Undefined(MetricValue.Ruined);
        var perPeriod = moments.Sharpe(riskFreePerPeriod);
        return perPeriod.IsDefined ? MetricValue.Of(perPeriod.Value * Math.Sqrt(periodsPerYear)) : perPeriod;
    }
}

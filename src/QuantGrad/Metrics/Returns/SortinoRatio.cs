namespace QuantGrad.Metrics.Returns;

/// <summary>The Sortino ratio: mean excess over the downside deviation √(Σ min(r − target, 0)²/n), annual.</summary>
public static class SortinoRatio
{
    internal static readonly MetricDefinition Definition = new(
        "sortino", "Sortino ratio", "ratio", "(mean(net) − rf/A) / √(Σ min(net − rf/A, 0)²/n) · √A", "Sortino and van der Meer (1991); quantstats, empyrical",
        "fewer than 2 returns, or none of them below the risk-free return", input => Of(input.Net, input.PeriodsPerYear, input.RiskFreePerPeriod));

    internal static readonly MetricDefinition Deviation = new(
        "downside_deviation", "Downside deviation", "fraction", "√(Σ min(net − rf/A, 0)²/n) · √A", "Sortino and van der Meer (1991); empyrical downside_risk",
        "no returns", input => DownsideDeviation(input.Net, input.PeriodsPerYear, input.RiskFreePerPeriod));

    /// <summary>The annual Sortino ratio.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="target">The return of one bar below which a return counts as a loss.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, double periodsPerYear, double target = 0)
    {
        if (returns.Length < 2) return MetricValue.Undefined(MetricValue.FewerThanTwo);
        var deviation = DownsideDeviation(returns, 1, target).Value;
        return deviation == 0
            ? MetricValue.Undefined("no return is below the target, so the downside deviation is 0")
            : MetricValue.Of((Moments.Of(returns).Mean - target) / deviation * Math.Sqrt(periodsPerYear));
    }

    /// <summary>The annual downside deviation.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="target">The return of one bar below which a return counts as a loss.</param>
    public static MetricValue DownsideDeviation(ReadOnlySpan<double> returns, double periodsPerYear, double target = 0)
    {
        if (returns.IsEmpty) return MetricValue.Undefined(MetricValue.NoReturns);
        var sum = 0.0;
        foreach (var r in returns)
        {
            var below = Math.Min(r - target, 0);
            sum += below * below;
        }

        return MetricValue.Of(Math.Sqrt(sum / returns.Length * periodsPerYear));
    }
}

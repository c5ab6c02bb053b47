namespace QuantGrad.Metrics.Returns;

/// <summary>Compound annual growth rate: (1 + total return)^(A/n) − 1; the years are n/A, not calendar days.</summary>
public static class Cagr
{
    internal static readonly MetricDefinition Definition = new(
        "cagr", "Annual return (CAGR)", "fraction", "(1 + total_return)^(A/n) − 1", "quantstats, empyrical (years = n/A)",
        "no returns, or the equity fell to zero or below", input => Of(input.Net, input.PeriodsPerYear));

    /// <summary>The compound annual growth rate.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, double periodsPerYear)
    {
        if (returns.IsEmpty) return MetricValue.Undefined(MetricValue.NoReturns);
        var equity = 1.0;
        foreach (var r in returns)
        {
            equity *= 1 + r;
            if (equity <= 0) return MetricValue.Undefined(MetricValue.Ruined);
        }

        return MetricValue.Of(Math.Pow(equity, periodsPerYear / returns.Length) - 1);
    }
}

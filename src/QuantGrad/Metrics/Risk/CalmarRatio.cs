using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Risk;

/// <summary>The Calmar ratio: CAGR over the size of the maximum drawdown.</summary>
public static class CalmarRatio
{
    internal static readonly MetricDefinition Definition = new(
        "calmar", "Calmar ratio", "ratio", "cagr / |max_drawdown|", "Young (1991), over the whole series; quantstats, empyrical",
        "no returns, no drawdown, or the equity fell to zero or below", input => Of(input.Net, input.PeriodsPerYear));

    /// <summary>The Calmar ratio.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, double periodsPerYear)
    {
        var growth = Cagr.Of(returns, periodsPerYear);
        if (!growth.IsDefined) return growth;
        var worst = Drawdown.Maximum(returns).Value;
        return worst == 0 ? MetricValue.Undefined("there is no drawdown") : MetricValue.Of(growth.Value / -worst);
    }
}

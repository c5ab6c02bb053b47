namespace QuantGrad.Metrics.Returns;

/// <summary>Annual volatility: std(ddof 1)·√A.</summary>
public static class Volatility
{
    internal static readonly MetricDefinition Definition = new(
        "volatility", "Volatility", "fraction", "std(net, ddof 1) · √A", "empyrical annual_volatility", "fewer than 2 returns",
        input => Of(input.Net, input.PeriodsPerYear));

    /// <summary>The annual volatility.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, double periodsPerYear)
    {
        if (returns.Length < 2) return MetricValue.Undefined(MetricValue.FewerThanTwo);
        var moments = Moments.Of(returns);
        return MetricValue.Of(string.Equals(moments.WhyNoRatio, MetricValue.NoSpread, StringComparison.Ordinal) ? 0 : moments.StandardDeviation * Math.Sqrt(periodsPerYear));
    }
}

namespace QuantGrad.Metrics.Relative;

/// <summary>The market model r = α + β·b: what the benchmark explains of the returns.</summary>
public static class MarketModel
{
    internal static readonly MetricDefinition BetaDefinition = Define(
        "beta", "Beta", "ratio", "cov(net, benchmark)/var(benchmark)", "Sharpe (1964); empyrical beta", (input, benchmark) => Beta(input.Net, benchmark));

    internal static readonly MetricDefinition AlphaDefinition = Define(
        "alpha", "Alpha a year", "fraction", "(mean(net) − rf/A − β·(mean(benchmark) − rf/A)) · A", "Jensen (1968); quantstats",
        (input, benchmark) => Alpha(input.Net, benchmark, input.RiskFreePerPeriod) is { IsDefined: true } alpha
            ? MetricValue.Of(alpha.Value * input.PeriodsPerYear)
            : Beta(input.Net, benchmark));

    internal static readonly MetricDefinition CorrelationDefinition = Define(
        "correlation", "Correlation to the benchmark", "ratio", "cov(net, benchmark)/(σ(net)·σ(benchmark))", "Pearson (1895)",
        (input, benchmark) => Correlation(input.Net, benchmark));

    internal static readonly MetricDefinition InformationDefinition = Define(
        "information_ratio", "Information ratio", "ratio", "mean(net − benchmark)/std(net − benchmark, ddof 1) · √A", "Grinold and Kahn (1999); empyrical excess_sharpe",
        (input, benchmark) => Returns.SharpeRatio.Of(Active(input.Net, benchmark), input.PeriodsPerYear));

    internal static readonly MetricDefinition TrackingErrorDefinition = Define(
        "tracking_error", "Tracking error", "fraction", "std(net − benchmark, ddof 1) · √A", "Grinold and Kahn (1999)",
        (input, benchmark) => Returns.Volatility.Of(Active(input.Net, benchmark), input.PeriodsPerYear));

    /// <summary>β = cov(r, b)/var(b).</summary>
    /// <param name="returns">r, <c>[T]</c>.</param>
    /// <param name="benchmark">b on the same rows, <c>[T]</c>.</param>
    public static MetricValue Beta(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark)
    {
        var market = Moments.Of(benchmark);
        return market.WhyNoRatio is { } reason
            ? MetricValue.Undefined(reason.Replace("returns", "benchmark returns", StringComparison.Ordinal))
            : MetricValue.Of(Covariance(returns, benchmark) / market.Variance);
    }

    /// <summary>α of one bar = mean(r) − rf − β·(mean(b) − rf).</summary>
    /// <param name="returns">r, <c>[T]</c>.</param>
    /// <param name="benchmark">b on the same rows, <c>[T]</c>.</param>
    /// <param name="riskFreePerPeriod">rf, the risk-free return of one bar.</param>
    public static MetricValue Alpha(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark, double riskFreePerPeriod = 0)
    {
        var beta = Beta(returns, benchmark);
        return beta.IsDefined
            ? MetricValue.Of(Moments.Of(returns).Mean - riskFreePerPeriod - beta.Value * (Moments.Of(benchmark).Mean - riskFreePerPeriod))
            : beta;
    }

    /// <summary>Pearson's correlation.</summary>
    /// <param name="returns">r, <c>[T]</c>.</param>
    /// <param name="benchmark">b on the same rows, <c>[T]</c>.</param>
    public static MetricValue Correlation(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark)
    {
        var (own, market) = (Moments.Of(returns), Moments.Of(benchmark));
        return (own.WhyNoRatio ?? market.WhyNoRatio) is { } reason
            ? MetricValue.Undefined(reason)
            : MetricValue.Of(Covariance(returns, benchmark) / Math.Sqrt(own.Variance * market.Variance));
    }

    /// <summary>r − b, <c>[T]</c>.</summary>
    /// <param name="returns">r, <c>[T]</c>.</param>
    /// <param name="benchmark">b on the same rows, <c>[T]</c>.</param>
    public static double[] Active(ReadOnlySpan<double> returns, ReadOnlySpan<double> benchmark)
    {
        var active = new double[returns.Length];
        for (var t = 0; t < active.Length; t++) active[t] = returns[t] - benchmark[t];
        return active;
    }

    private static double Covariance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (meanA, meanB) = (Moments.Of(a).Mean, Moments.Of(b).Mean);
        var sum = 0.0;
        for (var t = 0; t < a.Length; t++) sum += (a[t] - meanA) * (b[t] - meanB);
        return sum / a.Length;
    }

    private static MetricDefinition Define(
        string name, string label, string unit, string convention, string source, Func<MetricInput, double[], MetricValue> compute) =>
        new(name, label, unit, convention, source, "no benchmark, fewer than 2 returns, or no spread",
            input => input.Options.Benchmark is { } benchmark ? compute(input, benchmark) : MetricValue.Undefined("there is no benchmark"));
}

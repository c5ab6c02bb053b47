namespace QuantGrad.Metrics.Returns;

/// <summary>Autocorrelation: the covariance at a lag over the variance, both divided by n (biased, so that it is at most 1 in size).</summary>
public static class Autocorrelation
{
    internal static readonly MetricDefinition Definition = new(
        "autocorrelation_1", "Autocorrelation, 1 bar", "ratio", "Σ(net[t] − μ)(net[t−1] − μ) / Σ(net[t] − μ)²", "Box and Jenkins (1976)",
        "fewer than 3 returns, or all of them the same", input => Of(input.Net, 1));

    /// <summary>The autocorrelation at a lag.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="lag">Bars, at least 1.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns, int lag)
    {
        if (returns.Length < lag + 2) return MetricValue.Undefined(FormattableString.Invariant($"fewer than {lag + 2} returns"));
        var moments = Moments.Of(returns);
        if (moments.WhyNoRatio is { } reason) return MetricValue.Undefined(reason);
        return MetricValue.Of(Autocovariance(returns, moments.Mean, lag) / moments.Variance);
    }

    /// <summary>γ_k = Σ(r[t] − μ)(r[t−k] − μ)/n.</summary>
    /// <param name="values">A series, <c>[T]</c>.</param>
    /// <param name="mean">μ.</param>
    /// <param name="lag">k, from 0 to T − 1.</param>
    internal static double Autocovariance(ReadOnlySpan<double> values, double mean, int lag)
    {
        var sum = 0.0;
        for (var t = lag; t < values.Length; t++) sum += (values[t] - mean) * (values[t - lag] - mean);
        return sum / values.Length;
    }
}

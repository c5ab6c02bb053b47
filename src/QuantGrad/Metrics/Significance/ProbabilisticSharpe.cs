namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The probabilistic Sharpe ratio: the probability that the true Sharpe ratio is above SR*, given skew and raw kurtosis of the returns
/// (Bailey and López de Prado 2012, "The Sharpe Ratio Efficient Frontier", eq. 7 and 8). All ratios are an observation, not annual.
/// </summary>
public static class ProbabilisticSharpe
{
    internal static readonly MetricDefinition Definition = new(
        "psr", "Probabilistic Sharpe ratio", "probability", "Φ((SR − SR*)/SE), SE = √((1 − g3·SR + (g4−1)/4·SR²)/(T−1)), SR and SR* an observation, g4 raw",
        "Bailey and López de Prado (2012)", "fewer than 2 returns, or all of them the same",
        input => Of(input, input.Options.BenchmarkSharpe / Math.Sqrt(input.PeriodsPerYear)));

    internal static readonly MetricDefinition Error = new(
        "sharpe_standard_error", "Standard error of the Sharpe ratio", "ratio", "√((1 − g3·SR + (g4−1)/4·SR²)/(T−1)) · √A",
        "Bailey and López de Prado (2012), eq. 7; Mertens (2002)", "fewer than 2 returns, or all of them the same",
        input => input.SharpePerPeriod is { IsDefined: false } undefined
            ? undefined
            : MetricValue.Of(StandardError(input.SharpePerPeriod.Value, input.Net.Length, input.Moments.Skew, input.Moments.Kurtosis) * Math.Sqrt(input.PeriodsPerYear)));

    /// <summary>1 − g3·SR + (g4−1)/4·SR², the asymptotic variance of √T times the estimate.</summary>
    /// <param name="sharpe">SR, an observation.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    public static double VarianceFactor(double sharpe, double skew, double kurtosis) => 1 - skew * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe;

    /// <summary>The standard error of the Sharpe ratio of one observation.</summary>
    /// <param name="sharpe">SR, an observation.</param>
    /// <param name="observations">T.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    public static double StandardError(double sharpe, int observations, double skew, double kurtosis) =>
        Math.Sqrt(VarianceFactor(sharpe, skew, kurtosis) / (observations - 1));

    /// <summary>The probability that the true Sharpe ratio is above the benchmark.</summary>
    /// <param name="sharpe">SR, an observation.</param>
    /// <param name="observations">T.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    /// <param name="benchmark">SR*, an observation.</param>
    public static double Of(double sharpe, int observations, double skew, double kurtosis, double benchmark = 0) =>
        NormalDistribution.Cumulative((sharpe - benchmark) / StandardError(sharpe, observations, skew, kurtosis));

    internal static MetricValue Of(MetricInput input, double benchmark)
    {
        var sharpe = input.SharpePerPeriod;
        return sharpe.IsDefined
            ? MetricValue.Of(Of(sharpe.Value, input.Net.Length, input.Moments.Skew, input.Moments.Kurtosis, benchmark))
            : sharpe;
    }
}

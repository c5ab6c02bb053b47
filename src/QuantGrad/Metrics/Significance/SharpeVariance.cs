namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The 2025 variant of the Sharpe ratio's significance (López de Prado, Lipton and Zoonekynd): the variance holds for AR(1) returns, and a
/// test takes it at the null hypothesis SR* rather than at the estimate. All ratios are an observation, not annual.
/// </summary>
public static class SharpeVariance
{
    /// <summary>V = [(1+2B) − (1+B+C)·g3·SR + (1+2C)(g4−1)/4·SR²]/T, B = ρ/(1−ρ), C = ρ²/(1−ρ²).</summary>
    /// <param name="sharpe">SR where the variance is taken.</param>
    /// <param name="observations">T; 1 gives the variance of √T times the estimate.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    /// <param name="autocorrelation">ρ of an AR(1), in (−1, 1).</param>
    public static double Of(double sharpe, double observations, double skew, double kurtosis, double autocorrelation = 0)
    {
        var b = autocorrelation / (1 - autocorrelation);
        var c = autocorrelation * autocorrelation / (1 - autocorrelation * autocorrelation);
        return ((1 + 2 * b) - (1 + b + c) * skew * sharpe + (1 + 2 * c) * (kurtosis - 1) / 4 * sharpe * sharpe) / observations;
    }

    /// <summary>The probability that the true Sharpe ratio is above the benchmark, the variance taken at the benchmark.</summary>
    /// <param name="sharpe">SR as estimated.</param>
    /// <param name="observations">T.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    /// <param name="benchmark">SR*.</param>
    /// <param name="autocorrelation">ρ of an AR(1), in (−1, 1).</param>
    public static double Probability(double sharpe, int observations, double skew, double kurtosis, double benchmark = 0, double autocorrelation = 0) =>
        NormalDistribution.Cumulative((sharpe - benchmark) / Math.Sqrt(Of(benchmark, observations, skew, kurtosis, autocorrelation)));

    /// <summary>The observations that a record needs to reject SR ≤ SR*.</summary>
    /// <param name="sharpe">SR as estimated, above the benchmark.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    /// <param name="benchmark">SR*.</param>
    /// <param name="autocorrelation">ρ of an AR(1), in (−1, 1).</param>
    /// <param name="confidence">1 − α.</param>
    public static double MinimumObservations(
        double sharpe, double skew, double kurtosis, double benchmark = 0, double autocorrelation = 0, double confidence = 0.95)
    {
        var ratio = NormalDistribution.Quantile(confidence) / (sharpe - benchmark);
        return Of(benchmark, 1, skew, kurtosis, autocorrelation) * ratio * ratio;
    }
}

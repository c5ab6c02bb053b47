namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The deflated Sharpe ratio: the PSR against what the best of N trials without skill would be expected to show
/// (Bailey and López de Prado 2014, "The Deflated Sharpe Ratio").
/// </summary>
public static class DeflatedSharpe
{
    private const double EulerGamma = 0.5772156649015329;

    internal static readonly MetricDefinition Definition = new(
        "dsr", "Deflated Sharpe ratio", "probability", "PSR(SR* + SR0), SR0 = √V[SR_n]·((1−γ)Φ⁻¹(1−1/N) + γΦ⁻¹(1−1/(N·e))), N the trials; V = 1/(T−1) unless the trials' is known",
        "Bailey and López de Prado (2014)", "fewer than 2 returns, or all of them the same", Of);

    internal static readonly MetricDefinition Threshold = new(
        "expected_max_sharpe", "Best Sharpe ratio expected by luck", "ratio", "SR0 · √A, what the best of N trials without skill is expected to show",
        "Bailey and López de Prado (2014), eq. 1", "fewer than 2 returns",
        input => input.Net.Length < 2 ? MetricValue.Undefined(MetricValue.FewerThanTwo) : MetricValue.Of(LuckyThreshold(input) * Math.Sqrt(input.PeriodsPerYear)));

    internal static readonly MetricDefinition Trials = new(
        "trials", "Trials", "count", "N, strategies tried before this one was chosen, itself among them", "QuantGrad: seeds × settings × searches", "never",
        input => MetricValue.Of(input.Options.Trials));

    /// <summary>E[max_N] of N independent standard normals, approximately; 0 for one trial.</summary>
    /// <param name="trials">N, at least 1.</param>
    public static double ExpectedMaximum(int trials) =>
        trials <= 1
            ? 0
            : (1 - EulerGamma) * NormalDistribution.Quantile(1 - 1.0 / trials) + EulerGamma * NormalDistribution.Quantile(1 - 1 / (trials * Math.E));

    /// <summary>The deflated Sharpe ratio.</summary>
    /// <param name="sharpe">SR, an observation.</param>
    /// <param name="observations">T.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    /// <param name="trials">N, at least 1.</param>
    /// <param name="trialVariance">V[SR_n], of the trials' Sharpe ratios an observation.</param>
    public static double Of(double sharpe, int observations, double skew, double kurtosis, int trials, double trialVariance) =>
        ProbabilisticSharpe.Of(sharpe, observations, skew, kurtosis, Math.Sqrt(trialVariance) * ExpectedMaximum(trials));

    /// <summary>The variance of Sharpe ratios an observation over the trials (ddof 1), for <see cref="MetricOptions.TrialVariance"/>.</summary>
    /// <param name="sharpes">The trials' Sharpe ratios an observation, at least two.</param>
    public static double TrialVariance(ReadOnlySpan<double> sharpes) => Moments.Of(sharpes).SampleVariance;

    private static double LuckyThreshold(MetricInput input) =>
        Math.Sqrt(input.Options.TrialVariance ?? 1.0 / (input.Net.Length - 1)) * ExpectedMaximum(input.Options.Trials);

    private static MetricValue Of(MetricInput input) =>
        input.SharpePerPeriod is { IsDefined: false } undefined ? undefined
            : ProbabilisticSharpe.Of(input, input.Options.BenchmarkSharpe / Math.Sqrt(input.PeriodsPerYear) + LuckyThreshold(input));
}

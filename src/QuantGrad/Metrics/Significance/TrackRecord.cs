namespace QuantGrad.Metrics.Significance;

/// <summary>How long a record must be before its Sharpe ratio says anything: forward (MinTRL) and for a number of backtests (MinBTL).</summary>
public static class TrackRecord
{
    internal static readonly MetricDefinition Definition = new(
        "min_track_record_years", "Minimum track record", "years", "(1 + (1 − g3·SR + (g4−1)/4·SR²)·(Φ⁻¹(0.95)/(SR − SR*))²)/A", "Bailey and López de Prado (2012), eq. 11",
        "fewer than 2 returns, all of them the same, or a Sharpe ratio that is not above SR*", Years);

    internal static readonly MetricDefinition BacktestLength = new(
        "min_backtest_years", "Minimum backtest length", "years", "(E[max_N]/sharpe)², the years below which the best of N trials without skill shows this Sharpe ratio",
        "Bailey, Borwein, López de Prado and Zhu (2014)", "fewer than 2 returns, all of them the same, or a Sharpe ratio that is not above 0",
        input => input.SharpePerPeriod is { IsDefined: false } undefined ? undefined
            : input.SharpePerPeriod.Value <= 0 ? MetricValue.Undefined("the Sharpe ratio is not above 0")
            : MetricValue.Of(MinimumBacktestYears(input.Options.Trials, input.SharpePerPeriod.Value * Math.Sqrt(input.PeriodsPerYear))));

    /// <summary>The observations that a record needs to reject SR ≤ SR*.</summary>
    /// <param name="sharpe">SR, an observation, above the benchmark.</param>
    /// <param name="skew">g3.</param>
    /// <param name="kurtosis">g4, raw: 3 for normal returns.</param>
    /// <param name="benchmark">SR*, an observation.</param>
    /// <param name="confidence">1 − α.</param>
    public static double MinimumObservations(double sharpe, double skew, double kurtosis, double benchmark = 0, double confidence = 0.95)
    {
        var ratio = NormalDistribution.Quantile(confidence) / (sharpe - benchmark);
        return 1 + ProbabilisticSharpe.VarianceFactor(sharpe, skew, kurtosis) * ratio * ratio;
    }

    /// <summary>The years of backtest below which the best of N trials without skill is expected to show the Sharpe ratio.</summary>
    /// <param name="trials">N, at least 1.</param>
    /// <param name="annualSharpe">The annual Sharpe ratio found in sample.</param>
    public static double MinimumBacktestYears(int trials, double annualSharpe)
    {
        var ratio = DeflatedSharpe.ExpectedMaximum(trials) / annualSharpe;
        return ratio * ratio;
    }

    private static MetricValue Years(MetricInput input)
    {
        var sharpe = input.SharpePerPeriod;
        if (!sharpe.IsDefined) return sharpe;
        var benchmark = input.Options.BenchmarkSharpe / Math.Sqrt(input.PeriodsPerYear);
        return sharpe.Value <= benchmark
            ? MetricValue.Undefined(FormattableString.Invariant($"the Sharpe ratio is not above {input.Options.BenchmarkSharpe}"))
            : MetricValue.Of(MinimumObservations(sharpe.Value, input.Moments.Skew, input.Moments.Kurtosis, benchmark) / input.PeriodsPerYear);
    }
}

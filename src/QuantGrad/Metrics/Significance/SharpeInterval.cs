using QuantGrad.Autodiff;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The bootstrap interval of the annual Sharpe ratio: the stationary bootstrap with automatic block length, studentised by the HAC
/// standard error of the ratio in every resample (Ledoit and Wolf 2008, section 3.2, for one ratio instead of a difference).
/// </summary>
/// <param name="Lower">Lower end, annual.</param>
/// <param name="Upper">Upper end, annual.</param>
public readonly record struct SharpeInterval(MetricValue Lower, MetricValue Upper)
{
    /// <summary>The shortest series that an interval is given for.</summary>
    public const int MinimumObservations = 10;

    internal static readonly MetricDefinition Definition = new(
        "sharpe_ci_95", "Sharpe ratio, 95% interval", "ratio",
        "stationary bootstrap, automatic mean block, studentised by the HAC standard error; [lower, upper], annual",
        "Politis and Romano (1994); Ledoit and Wolf (2008)", "fewer than 10 returns, or all of them the same",
        input => input.Interval.Lower, input => input.Interval.Upper);

    /// <summary>The interval.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="riskFreePerPeriod">The risk-free return of one bar.</param>
    /// <param name="resamples">How many resamples, at least 1.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <param name="confidence">1 − α.</param>
    public static SharpeInterval Of(
        ReadOnlySpan<double> returns, double periodsPerYear, double riskFreePerPeriod = 0, int resamples = 999, ulong seed = 1, double confidence = 0.95)
    {
        var moments = Moments.Of(returns);
        if (returns.Length < MinimumObservations) return Undefined("fewer than 10 returns");
        if (moments.WhyNoRatio is { } reason) return Undefined(reason);

        var n = returns.Length;
        var excess = new double[n];
        for (var t = 0; t < n; t++) excess[t] = returns[t] - riskFreePerPeriod;
        var lag = NeweyWest.Lag(n);
        var scratch = new double[n];
        var (ratio, error) = SharpeError.Of(excess, scratch, lag);
        if (!(error > 0)) return Undefined("the standard error is 0");

        var bootstrap = new StationaryBootstrap(n, BlockLength.Automatic(excess), new RandomStream(seed));
        var rows = new int[n];
        var sample = new double[n];
        var studentized = new double[resamples];
        var defined = 0;
        for (var i = 0; i < resamples; i++)
        {
            bootstrap.Draw(rows);
            for (var t = 0; t < n; t++) sample[t] = excess[rows[t]];
            var (resampled, itsError) = SharpeError.Of(sample, scratch, lag);
            if (itsError > 0 && double.IsFinite(resampled)) studentized[defined++] = (resampled - ratio) / itsError;
        }

        if (defined < resamples / 2) return Undefined("too many resamples have no spread");
        var sorted = studentized.AsSpan(0, defined);
        sorted.Sort();
        var tail = (1 - confidence) / 2;
        var annual = Math.Sqrt(periodsPerYear);
        return new SharpeInterval(
            MetricValue.Of((ratio - Quantile.OfSorted(sorted, 1 - tail) * error) * annual),
            MetricValue.Of((ratio - Quantile.OfSorted(sorted, tail) * error) * annual));
    }

    private static SharpeInterval Undefined(string reason) => new(MetricValue.Undefined(reason), MetricValue.Undefined(reason));
}

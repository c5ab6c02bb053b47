using QuantGrad.Metrics.Risk;
using QuantGrad.Metrics.Significance;

namespace QuantGrad.Metrics;

/// <summary>A series with its options and what several figures share, each computed once when first asked for.</summary>
public sealed class MetricInput
{
    private readonly Lazy<Moments> moments;
    private readonly Lazy<double[]> drawdowns;
    private readonly Lazy<double[]> sorted;
    private readonly Lazy<SharpeInterval> interval;

    /// <summary>Makes the input of every figure.</summary>
    /// <param name="series">The returns.</param>
    /// <param name="options">Periods a year, trials, seed and so on.</param>
    /// <exception cref="ArgumentException">Periods a year or trials are not positive, or the benchmark has another length.</exception>
    public MetricInput(ReturnSeries series, MetricOptions options)
    {
        if (!(options.PeriodsPerYear > 0) || !double.IsFinite(options.PeriodsPerYear))
            throw new ArgumentException(FormattableString.Invariant($"periods per year is {options.PeriodsPerYear}; it must be above 0 (252 for days)"), nameof(options));
        if (options.Trials < 1)
            throw new ArgumentException(FormattableString.Invariant($"trials is {options.Trials}; it must be at least 1, the strategy itself"), nameof(options));
        if (options.Benchmark is { } benchmark && benchmark.Length != series.Count)
            throw new ArgumentException(FormattableString.Invariant($"the benchmark has {benchmark.Length} rows where the series has {series.Count}"), nameof(options));

        (Series, Options) = (series, options);
        moments = new(() => Moments.Of(series.Net));
        drawdowns = new(() => Drawdown.Path(series.Net));
        sorted = new(() =>
        {
            var copy = (double[])series.Net.Clone();
            Array.Sort(copy);
            return copy;
        });
        interval = new(() => SharpeInterval.Of(series.Net, options.PeriodsPerYear, RiskFreePerPeriod, options.Resamples, options.Seed));
    }

    /// <summary>The rows.</summary>
    public ReturnSeries Series { get; }

    /// <summary>What the figures need beside the returns.</summary>
    public MetricOptions Options { get; }

    /// <summary>Net returns, <c>[T]</c>.</summary>
    public double[] Net => Series.Net;

    /// <summary>A, bars a year.</summary>
    public double PeriodsPerYear => Options.PeriodsPerYear;

    /// <summary>The risk-free return of one bar.</summary>
    public double RiskFreePerPeriod => Options.RiskFree / Options.PeriodsPerYear;

    /// <summary>Mean, variance, skew and kurtosis of the net returns.</summary>
    public Moments Moments => moments.Value;

    /// <summary>equity/peak − 1 after every bar, <c>[T]</c>.</summary>
    public double[] Drawdowns => drawdowns.Value;

    /// <summary>Net returns in ascending order.</summary>
    public double[] Sorted => sorted.Value;

    /// <summary>The 95% bootstrap interval of the annual Sharpe ratio.</summary>
    public SharpeInterval Interval => interval.Value;

    /// <summary>The Sharpe ratio of one observation (not annual), the risk-free return taken off.</summary>
    public MetricValue SharpePerPeriod => Moments.Sharpe(RiskFreePerPeriod);
}

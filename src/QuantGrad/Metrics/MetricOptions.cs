namespace QuantGrad.Metrics;

/// <summary>What the figures need beside the returns.</summary>
public sealed record MetricOptions
{
    /// <summary>A, bars a year: 252 days, 52 weeks, 12 months; 365 for markets that never close.</summary>
    public double PeriodsPerYear { get; init; } = 252;

    /// <summary>The annual risk-free rate as a fraction; RiskFree/A is taken off every return. Default 0.</summary>
    public double RiskFree { get; init; }

    /// <summary>N, how many strategies were tried before this one was chosen, itself among them (seeds × settings × searches); at least 1.</summary>
    public int Trials { get; init; } = 1;

    /// <summary>
    /// V[SR_n], the variance of the trials' Sharpe ratios an observation (not annual). Null: the variance that the estimate has
    /// when no trial has any skill, 1/(T−1). Give it only for trials that are strategies of their own: members that differ by their seed move
    /// together, and their small spread would hide how much luck the choice had.
    /// </summary>
    public double? TrialVariance { get; init; }

    /// <summary>SR*, the annual Sharpe ratio that the PSR, the DSR and the minimum track record ask to be beaten. Default 0.</summary>
    public double BenchmarkSharpe { get; init; }

    /// <summary>Returns of a benchmark on the same rows, <c>[T]</c>, for beta, alpha, correlation and information ratio; null where there is none.</summary>
    public double[]? Benchmark { get; init; }

    /// <summary>The seed of the bootstrap: the same seed gives the same interval on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many times the bootstrap resamples.</summary>
    public int Resamples { get; init; } = 999;
}

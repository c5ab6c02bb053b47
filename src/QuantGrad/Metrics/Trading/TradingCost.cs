namespace QuantGrad.Metrics.Trading;

/// <summary>What trading does to the strategy: turnover, cost and exposure, from the ledger's columns.</summary>
public static class TradingCost
{
    internal static readonly MetricDefinition Turnover = new(
        "turnover_per_year", "Turnover a year", "ratio", "mean(Σ|Δw|) · A, both sides counted", "accounting of QuantGrad; pyfolio (there one side)",
        "the turnover is not known, or no returns", input => PerYear(input.Series.Turnover, input.PeriodsPerYear, "turnover"));

    internal static readonly MetricDefinition Cost = new(
        "cost_per_year", "Cost a year", "fraction", "mean(cost) · A, a fraction of equity", "accounting of QuantGrad",
        "the cost is not known, or no returns", input => PerYear(input.Series.Cost, input.PeriodsPerYear, "cost"));

    internal static readonly MetricDefinition Exposure = new(
        "exposure", "Time in the market", "fraction", "share of bars with Σ|w| > 0", "backtesting.py Exposure Time", "the exposure is not known, or no returns",
        input => TimeInMarket(input.Series.Exposure));

    internal static readonly MetricDefinition GrossExposure = new(
        "gross_exposure", "Mean gross exposure", "ratio", "mean(Σ|w|)", "LEAN; pyfolio", "the exposure is not known, or no returns",
        input => PerYear(input.Series.Exposure, 1, "exposure"));

    /// <summary>mean(column)·A.</summary>
    /// <param name="column">A column of the ledger, <c>[T]</c>, or null.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="name">What the column is, for the reason.</param>
    public static MetricValue PerYear(double[]? column, double periodsPerYear, string name) =>
        column is null ? MetricValue.Undefined($"the {name} is not known") : PerYear(column.AsSpan(), periodsPerYear);

    /// <summary>mean(rows)·A.</summary>
    /// <param name="rows">Rows of a column of the ledger, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static MetricValue PerYear(ReadOnlySpan<double> rows, double periodsPerYear) =>
        rows.IsEmpty ? MetricValue.Undefined(MetricValue.NoReturns) : MetricValue.Of(Moments.Of(rows).Mean * periodsPerYear);

    /// <summary>The share of bars on which a position is held.</summary>
    /// <param name="exposure">Σ|w|, <c>[T]</c>, or null.</param>
    public static MetricValue TimeInMarket(double[]? exposure)
    {
        if (exposure is null) return MetricValue.Undefined("the exposure is not known");
        if (exposure.Length == 0) return MetricValue.Undefined(MetricValue.NoReturns);
        var held = 0;
        foreach (var gross in exposure)
            if (gross > 0) held++;
        return MetricValue.Of((double)held / exposure.Length);
    }
}

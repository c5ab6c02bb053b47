namespace QuantGrad.Metrics.Returns;

/// <summary>The stability of growth: R² of a straight line through the cumulative log returns.</summary>
public static class Stability
{
    internal static readonly MetricDefinition Definition = new(
        "stability", "Stability", "ratio", "R² of a least-squares line through Σ log(1 + net)", "empyrical, pyfolio stability_of_timeseries",
        "fewer than 2 returns, equity that never moves or fell to zero", input => Of(input.Net));

    /// <summary>R², in [0, 1].</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2) return MetricValue.Undefined(MetricValue.FewerThanTwo);
        var steps = new double[returns.Length];
        var growth = new double[returns.Length];
        var sum = 0.0;
        for (var t = 0; t < returns.Length; t++)
        {
            if (returns[t] <= -1) return MetricValue.Undefined(MetricValue.Ruined);
            steps[t] = t;
            growth[t] = sum += Math.Log(1 + returns[t]);
        }

        var correlation = Relative.MarketModel.Correlation(growth, steps);
        return correlation.IsDefined ? MetricValue.Of(correlation.Value * correlation.Value) : MetricValue.Undefined("the equity never moves");
    }
}

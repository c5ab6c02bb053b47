namespace QuantGrad.Metrics.Risk;

/// <summary>Drawdown: equity/peak − 1, at most 0; the peak begins at the equity before the first return.</summary>
public static class Drawdown
{
    internal static readonly MetricDefinition Definition = new(
        "max_drawdown", "Maximum drawdown", "fraction", "min(equity/peak − 1), at most 0; the first peak is the capital before the first return",
        "empyrical max_drawdown; backtesting.py", "no returns", input => Maximum(input.Net), OutlivesRuin: true);

    /// <summary>The drawdown after every bar.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <returns>Fractions in [−1, 0], −1 from a ruin on, <c>[T]</c>.</returns>
    public static double[] Path(ReadOnlySpan<double> returns)
    {
        var path = new double[returns.Length];
        double equity = 1, peak = 1;
        for (var t = 0; t < returns.Length; t++)
        {
            equity *= Math.Max(1 + returns[t], 0);
            peak = Math.Max(peak, equity);
            path[t] = equity / peak - 1;
        }

        return path;
    }

    /// <summary>The deepest drawdown, at most 0; no allocation.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Maximum(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty) return MetricValue.Undefined(MetricValue.NoReturns);
        double equity = 1, peak = 1, worst = 0;
        foreach (var r in returns)
        {
            equity *= Math.Max(1 + r, 0);
            peak = Math.Max(peak, equity);
            worst = Math.Min(worst, equity / peak - 1);
        }

        return MetricValue.Of(worst);
    }
}

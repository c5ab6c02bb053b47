namespace QuantGrad.Metrics.Returns;

/// <summary>Compounded return over the whole series: Π(1 + r) − 1.</summary>
public static class TotalReturn
{
    internal static readonly MetricDefinition Definition = new(
        "total_return", "Total return", "fraction", "Π(1 + net) − 1, −1 from a ruin on", "empyrical cum_returns_final", "no returns", input => Of(input.Net), OutlivesRuin: true);

    /// <summary>The compounded return; −1 where a return took everything.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns)
    {
        if (returns.IsEmpty) return MetricValue.Undefined(MetricValue.NoReturns);
        var equity = 1.0;
        foreach (var r in returns) equity *= Math.Max(1 + r, 0);
        return MetricValue.Of(equity - 1);
    }
}

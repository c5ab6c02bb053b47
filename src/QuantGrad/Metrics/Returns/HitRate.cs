namespace QuantGrad.Metrics.Returns;

/// <summary>The share of winning bars among those that won or lost.</summary>
public static class HitRate
{
    internal static readonly MetricDefinition Definition = new(
        "hit_rate", "Hit rate", "fraction", "count(net > 0) / count(net ≠ 0)", "quantstats win_rate", "no return differs from 0", input => Of(input.Net));

    /// <summary>The hit rate.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns)
    {
        int wins = 0, decided = 0;
        foreach (var r in returns)
        {
            if (r > 0) wins++;
            if (r != 0) decided++;
        }

        return decided == 0 ? MetricValue.Undefined("no return differs from 0") : MetricValue.Of((double)wins / decided);
    }
}

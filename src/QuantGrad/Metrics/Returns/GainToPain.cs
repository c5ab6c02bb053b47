namespace QuantGrad.Metrics.Returns;

/// <summary>Gain to pain: the sum of all returns over the sum of the losses' sizes.</summary>
public static class GainToPain
{
    internal static readonly MetricDefinition Definition = new(
        "gain_to_pain", "Gain to pain", "ratio", "Σ net / |Σ min(net, 0)|", "Schwager (2012); quantstats gain_to_pain_ratio", "no return is negative",
        input => Of(input.Net));

    /// <summary>The gain-to-pain ratio.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns)
    {
        double sum = 0, losses = 0;
        foreach (var r in returns)
        {
            sum += r;
            losses -= Math.Min(r, 0);
        }

        return losses == 0 ? MetricValue.Undefined("no return is negative") : MetricValue.Of(sum / losses);
    }
}

namespace QuantGrad.Metrics;

/// <summary>How much the figures rest on: the number of returns and the years they cover.</summary>
internal static class Observations
{
    internal static readonly MetricDefinition Definition = new(
        "observations", "Observations", "count", "T, the number of net returns", "–", "never", input => MetricValue.Of(input.Net.Length));

    internal static readonly MetricDefinition Years = new(
        "years", "Years", "years", "T/A", "quantstats, empyrical", "never", input => MetricValue.Of(input.Net.Length / input.PeriodsPerYear));
}

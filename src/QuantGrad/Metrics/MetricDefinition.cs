namespace QuantGrad.Metrics;

/// <summary>One figure: what it is called, how it is computed, and what is printed beside it.</summary>
/// <param name="Name">The key in <c>metrics.json</c>, snake_case.</param>
/// <param name="Label">The name that a page shows.</param>
/// <param name="Unit">fraction, ratio, days, years, bars, bp, count or probability.</param>
/// <param name="Convention">The formula, exactly as computed.</param>
/// <param name="Source">The paper, or the tool whose convention it is.</param>
/// <param name="UndefinedWhen">When the figure has no meaning.</param>
/// <param name="Compute">The figure, or the lower end of an interval.</param>
/// <param name="Upper">The upper end of an interval; null for a single figure.</param>
/// <param name="OutlivesRuin">Whether the figure has a meaning where a return took all equity (−100% or less), after which there was no account.</param>
public sealed record MetricDefinition(
    string Name,
    string Label,
    string Unit,
    string Convention,
    string Source,
    string UndefinedWhen,
    Func<MetricInput, MetricValue> Compute,
    Func<MetricInput, MetricValue>? Upper = null,
    bool OutlivesRuin = false);

/// <summary>One figure of one series.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Value">The figure, or the lower end of an interval.</param>
/// <param name="Upper">The upper end of an interval; null for a single figure.</param>
public sealed record MetricFigure(MetricDefinition Definition, MetricValue Value, MetricValue? Upper)
{
    /// <summary>The key in <c>metrics.json</c>.</summary>
    public string Name => Definition.Name;

    /// <summary>Why the figure is undefined, or null.</summary>
    public string? Reason => Value.Reason ?? Upper?.Reason;
}

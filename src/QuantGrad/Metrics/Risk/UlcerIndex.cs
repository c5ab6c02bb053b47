namespace QuantGrad.Metrics.Risk;

/// <summary>The Ulcer index: √(mean of squared drawdowns), as a fraction.</summary>
public static class UlcerIndex
{
    internal static readonly MetricDefinition Definition = new(
        "ulcer_index", "Ulcer index", "fraction", "√(mean(drawdown²))", "Martin and McCann (1989)", "no returns", input => Of(input.Drawdowns));

    /// <summary>The Ulcer index.</summary>
    /// <param name="drawdowns">equity/peak − 1, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> drawdowns)
    {
        if (drawdowns.IsEmpty) return MetricValue.Undefined(MetricValue.NoReturns);
        var sum = 0.0;
        foreach (var drawdown in drawdowns) sum += drawdown * drawdown;
        return MetricValue.Of(Math.Sqrt(sum / drawdowns.Length));
    }
}

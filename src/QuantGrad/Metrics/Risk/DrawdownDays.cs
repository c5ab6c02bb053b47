namespace QuantGrad.Metrics.Risk;

/// <summary>The longest time under water in calendar days, from a peak to the bar that reaches it again, or to the end.</summary>
public static class DrawdownDays
{
    internal static readonly MetricDefinition Definition = new(
        "max_drawdown_days", "Longest drawdown", "days", "longest stretch from a peak to the bar that reaches it again, or to the end, in calendar days",
        "backtesting.py Max. Drawdown Duration", "no returns, or no dates",
        input => input.Net.Length == 0 ? MetricValue.Undefined(MetricValue.NoReturns)
            : input.Series.Dates is { } dates ? MetricValue.Of(Longest(dates, input.Drawdowns))
            : MetricValue.Undefined("the dates are not known"),
        OutlivesRuin: true);

    /// <summary>The longest drawdown in days; a peak before the first return counts from the first date.</summary>
    /// <param name="dates">Dates, <c>[T]</c>.</param>
    /// <param name="drawdowns">Drawdowns on these dates, <c>[T]</c>.</param>
    public static double Longest(ReadOnlySpan<DateTime> dates, ReadOnlySpan<double> drawdowns)
    {
        var longest = 0.0;
        var peak = 0;
        for (var t = 0; t < drawdowns.Length; t++)
        {
            var isUnderWater = drawdowns[t] < 0;
            if (isUnderWater || (t > 0 && drawdowns[t - 1] < 0)) longest = Math.Max(longest, (dates[t] - dates[peak]).TotalDays);
            if (!isUnderWater) peak = t;
        }

        return longest;
    }
}

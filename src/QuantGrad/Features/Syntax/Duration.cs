namespace QuantGrad.Features.Syntax;

/// <summary>Units of time of a length.</summary>
internal static class Duration
{
    /// <summary>The unit of bars, which needs no conversion.</summary>
    public const string Bars = "b";

    /// <summary>The units, for messages.</summary>
    public const string Known = "b (bars), m (minutes), h (hours), d (days) or w (weeks)";

    /// <summary>How many days the unit has; null where it is not a unit of time.</summary>
    public static double? DaysOf(string unit) => unit switch
    {
        "m" => 1.0 / (24 * 60),
        "h" => 1.0 / 24,
        "d" => 1,
        "w" => 7,
        _ => null,
    };

    /// <summary>
    /// The length in bars, rounded, at least one. Bars of a day or more are counted in trading days: a week of daily bars is five.
    /// </summary>
    public static double InBars(double value, string unit, TimeSpan barInterval)
    {
        if (DaysOf(unit) is not { } days) return value;
        if (unit == "w" && barInterval == TimeSpan.FromDays(1)) days = 5;
        return Math.Max(1, Math.Round(value * days / barInterval.TotalDays, MidpointRounding.AwayFromZero));
    }
}

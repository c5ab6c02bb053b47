namespace QuantGrad.Metrics;

/// <summary>A figure, or NaN with the reason why it has no meaning. An undefined figure is never 0.</summary>
/// <param name="Value">The figure; NaN where it is undefined.</param>
/// <param name="Reason">Why it is undefined, such as "fewer than 2 returns"; null where it is defined.</param>
public readonly record struct MetricValue(double Value, string? Reason)
{
    internal const string NotFinite = "a return is not a finite number";
    internal const string NoReturns = "no returns";
    internal const string FewerThanTwo = "fewer than 2 returns";
    internal const string NoSpread = "all returns are the same, so their standard deviation is 0";
    internal const string Ruined = "the equity fell to zero or below";

    /// <summary>Whether the figure has a value.</summary>
    public bool IsDefined => Reason is null;

    /// <summary>A defined figure; a value that is not finite becomes an undefined one.</summary>
    /// <param name="value">The figure.</param>
    public static MetricValue Of(double value) =>
        double.IsFinite(value) ? new MetricValue(value == 0 ? 0 : value, null) : Undefined("the result is not a finite number");

    /// <summary>A figure without meaning.</summary>
    /// <param name="reason">Why, in words that can stand in brackets behind "n/a".</param>
    public static MetricValue Undefined(string reason) => new(double.NaN, reason);
}

namespace QuantGrad.Indicators;

/// <summary>A declared parameter of an indicator.</summary>
/// <param name="Name">Its name in formulas, snake_case.</param>
/// <param name="Default">The value where none is given; null means that it must be given.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
/// <param name="IsInteger">Whether it counts (bars) rather than measures.</param>
/// <param name="Choices">The words it may be instead of a number (its value is the word's index), or null.</param>
/// <param name="Example">The value shown in the catalogue where there is no default.</param>
public sealed record IndicatorParameter(
    string Name, double? Default, double Min, double Max, bool IsInteger, string[]? Choices = null, double Example = 14)
{
    /// <summary>The longest window: about four centuries of days, or a third of a year of minutes.</summary>
    public const int LongestWindow = 100_000;

    /// <summary>The default, else the example.</summary>
    public double Typical => Default ?? Example;

    /// <summary>Why the value is refused, in a sentence; null where it is right.</summary>
    public string? Refusal(double value)
    {
        if (value < 0 && Min >= 0 && IsInteger && Choices is null)
            return FormattableString.Invariant($"{Name} is {value}: a negative length would read later bars, and features may only look back");
        if (!(value >= Min && value <= Max))
            return FormattableString.Invariant($"{Name} is {value}, but must lie between {Min} and {Max}");
        return IsInteger && value != Math.Floor(value) ? FormattableString.Invariant($"{Name} is {value}, but must be a whole number") : null;
    }

    internal static IndicatorParameter Bars(string name, int? byDefault = null, int min = 1, int example = 14) =>
        new(name, byDefault, min, LongestWindow, IsInteger: true, Example: example);

    internal static IndicatorParameter Real(string name, double byDefault, double min, double max) =>
        new(name, byDefault, min, max, IsInteger: false);

    internal static IndicatorParameter Choice(string name, params string[] choices) =>
        new(name, 0, 0, choices.Length - 1, IsInteger: true, choices);
}

using System.Globalization;

namespace QuantGrad.Strategies;

/// <summary>The length of a window: <c>5y</c> years, <c>18m</c> months, <c>252b</c> or <c>252</c> bars, <c>10%</c> of another window.</summary>
/// <param name="Count">How many; 0 or more.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct WindowLength(int Count, WindowUnit Unit)
{
    /// <summary>Reads a length; percent only where the caller allows it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="allowPercent">Whether <c>10%</c> has a meaning here.</param>
    /// <param name="length">The length read.</param>
    /// <returns>Whether the text is a length.</returns>
    public static bool TryParse(string text, bool allowPercent, out WindowLength length)
    {
        length = default;
        if (text.Length == 0) return false;
        var unit = text[^1] switch
        {
            'y' => WindowUnit.Years,
            'm' => WindowUnit.Months,
            '%' => WindowUnit.Percent,
            _ => WindowUnit.Bars,
        };
        var digits = text[^1] is 'y' or 'm' or 'b' or '%' ? text[..^1] : text;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        if (unit == WindowUnit.Percent && (!allowPercent || count >= 100)) return false;
        length = new WindowLength(count, unit);
        return true;
    }

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Count.ToString(CultureInfo.InvariantCulture) + Unit switch
    {
        WindowUnit.Years => "y",
        WindowUnit.Months => "m",
        WindowUnit.Percent => "%",
        _ => "b",
    };
}

/// <summary>What a <see cref="WindowLength"/> counts.</summary>
public enum WindowUnit
{
    /// <summary>Bars of the calendar.</summary>
    Bars,

    /// <summary>Months by date.</summary>
    Months,

    /// <summary>Years by date.</summary>
    Years,

    /// <summary>Hundredths of the train window, rounded down to bars.</summary>
    Percent,
}

using System.Globalization;

namespace QuantGrad.Reporting.Markup;

/// <summary>Figures as the page prints them: invariant, with a true minus sign, and "n/a" where there is no figure.</summary>
internal static class Print
{
    /// <summary>What stands where a figure is undefined.</summary>
    public const string Undefined = "n/a";

    /// <summary>A number with a fixed count of decimals.</summary>
    public static string Number(double value, int decimals = 2) =>
        double.IsNaN(value) ? Undefined
        : double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞")
        : Signed(Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>A fraction as a percentage.</summary>
    public static string Percent(double fraction, int decimals = 1) => double.IsFinite(fraction) ? Number(fraction * 100, decimals) + "%" : Number(fraction);

    /// <summary>A whole number.</summary>
    public static string Count(double value) => Number(value, 0);

    /// <summary>A calendar year.</summary>
    public static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count of basis points.</summary>
    public static string BasisPoints(double value, int decimals = 1) => double.IsFinite(value) ? Number(value, decimals) + " bp" : Number(value);

    /// <summary>A number to a few significant digits, whatever its size.</summary>
    public static string Significant(double value, int digits = 4)
    {
        if (!double.IsFinite(value) || value == 0) return Number(value, 0);
        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return magnitude is < -4 or > 6 ? Signed(value.ToString("0.##e0", CultureInfo.InvariantCulture))
            : Signed(Math.Round(value, Math.Clamp(digits - 1 - magnitude, 0, 15)).ToString("0." + new string('#', Math.Clamp(digits - 1 - magnitude, 0, 15)), CultureInfo.InvariantCulture));
    }

    /// <summary>A date, with the time where it has one.</summary>
    public static string Date(DateTime? date) =>
        date is not { } day ? "–" : day.ToString(day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A p-value; what a finite number of draws cannot resolve is an upper bound.</summary>
    public static string Probability(double value) => value is > 0 and < 0.001 ? "< 0.001" : Number(value, 3);

    /// <summary>A count with its noun, in the plural where it is not one.</summary>
    public static string Plural(int count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Signed(string text) => text.StartsWith('-') && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text[1..] : text.TrimStart('-');
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace QuantGrad.Strategies.Reading;

/// <summary>The values that a number may have.</summary>
internal readonly record struct Interval(double Min, double Max, bool MinOpen, bool MaxOpen)
{
    /// <summary>Any finite number.</summary>
    public static Interval Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity, MinOpen: true, MaxOpen: true);

    /// <summary>x ≥ min.</summary>
    public static Interval AtLeast(double min) => Any with { Min = min, MinOpen = false };

    /// <summary>x > min.</summary>
    public static Interval Above(double min) => Any with { Min = min, MinOpen = true };

    /// <summary>… and x ≤ max.</summary>
    public Interval AtMost(double max) => this with { Max = max, MaxOpen = false };

    /// <summary>… and x &lt; max.</summary>
    public Interval Below(double max) => this with { Max = max, MaxOpen = true };

    /// <summary>Whether the value is inside.</summary>
    public bool Contains(double x) => double.IsFinite(x) && (MinOpen ? x > Min : x >= Min) && (MaxOpen ? x < Max : x <= Max);

    /// <summary>The bounds as an error message says them, e.g. <c> greater than 0 and at most 1</c>; empty without bounds.</summary>
    public override string ToString()
    {
        string[] bounds =
        [
            .. double.IsFinite(Min) ? [(MinOpen ? "greater than " : "at least ") + Min.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            .. double.IsFinite(Max) ? [(MaxOpen ? "less than " : "at most ") + Max.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        ];
        return bounds.Length == 0 ? "" : " " + string.Join(" and ", bounds);
    }

    /// <summary>Writes the bounds into a JSON Schema.</summary>
    public void Describe(JsonObject schema)
    {
        if (double.IsFinite(Min)) schema[MinOpen ? "exclusiveMinimum" : "minimum"] = Min;
        if (double.IsFinite(Max)) schema[MaxOpen ? "exclusiveMaximum" : "maximum"] = Max;
    }
}

namespace QuantGrad.Features.Compilation;

/// <summary>The functions of a formula that look at one bar's values only. An operand that is undefined makes the result undefined.</summary>
internal static class Functions
{
    private const double PhiScale = 0.89;

    /// <summary>Functions of one value.</summary>
    public static readonly Dictionary<string, Func<double, double>> Unary = new(StringComparer.Ordinal)
    {
        ["abs"] = Math.Abs,
        ["log"] = Math.Log,
        ["exp"] = Math.Exp,
        ["sqrt"] = Math.Sqrt,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tanh"] = Math.Tanh,
        ["floor"] = Math.Floor,
        ["ceil"] = Math.Ceiling,
        ["sigmoid"] = static x => 1 / (1 + Math.Exp(-x)),
        ["sign"] = static x => Math.Sign(x),
        ["phi"] = Phi,
        ["not"] = static x => x == 0 ? 1 : 0,
        ["-"] = static x => -x,
        ["+"] = static x => x,
    };

    /// <summary>Operators and functions of two values; min and max take more, joined from the left.</summary>
    public static readonly Dictionary<string, Func<double, double, double>> Binary = new(StringComparer.Ordinal)
    {
        ["+"] = static (a, b) => a + b,
        ["-"] = static (a, b) => a - b,
        ["*"] = static (a, b) => a * b,
        ["/"] = static (a, b) => a / b,
        ["^"] = Math.Pow,
        ["<"] = static (a, b) => a < b ? 1 : 0,
        ["<="] = static (a, b) => a <= b ? 1 : 0,
        [">"] = static (a, b) => a > b ? 1 : 0,
        [">="] = static (a, b) => a >= b ? 1 : 0,
        ["=="] = static (a, b) => a == b ? 1 : 0,
        ["!="] = static (a, b) => a != b ? 1 : 0,
        ["and"] = static (a, b) => a != 0 && b != 0 ? 1 : 0,
        ["or"] = static (a, b) => a != 0 || b != 0 ? 1 : 0,
        ["min"] = Math.Min,
        ["max"] = Math.Max,
    };

    /// <summary>Functions of three values; <c>where</c> reads only the branch that it takes.</summary>
    public static readonly Dictionary<string, Func<double, double, double, double>> Ternary = new(StringComparer.Ordinal)
    {
        ["clip"] = static (x, low, high) => double.IsNaN(low) || double.IsNaN(high) ? double.NaN : Math.Min(Math.Max(x, low), high),
        ["where"] = static (condition, yes, no) => double.IsNaN(condition) ? double.NaN : condition != 0 ? yes : no,
    };

    /// <summary>Functions of the bar's date.</summary>
    public static readonly Dictionary<string, Func<DateTime, double>> Calendar = new(StringComparer.Ordinal)
    {
        ["day_of_week"] = DayOfWeek,
        ["day_of_week_sin"] = static time => Math.Sin(Math.Tau * DayOfWeek(time) / 7),
        ["day_of_week_cos"] = static time => Math.Cos(Math.Tau * DayOfWeek(time) / 7),
        ["month"] = static time => time.Month,
        ["month_sin"] = static time => Math.Sin(Math.Tau * (time.Month - 1) / 12),
        ["month_cos"] = static time => Math.Cos(Math.Tau * (time.Month - 1) / 12),
        ["hour_sin"] = static time => Math.Sin(Math.Tau * time.TimeOfDay.TotalDays),
        ["hour_cos"] = static time => Math.Cos(Math.Tau * time.TimeOfDay.TotalDays),
    };

    /// <summary>Every function's name as it is called, operators left out.</summary>
    public static IEnumerable<string> Names =>
        Unary.Keys.Concat(Binary.Keys).Concat(Ternary.Keys).Where(static name => char.IsAsciiLetter(name[0]) && name is not ("and" or "or" or "not"))
            .Concat(["if", "is_defined"]).Concat(Calendar.Keys).Concat(CrossSection.Names);

    /// <summary>Position map of Baz et al. 2015: y·exp(−y²/4)/0.89, which lets go of a trend that has gone too far.</summary>
    public static double Phi(double y) => y * Math.Exp(-y * y / 4) / PhiScale;

    /// <summary>Monday 0 to Sunday 6.</summary>
    private static double DayOfWeek(DateTime time) => ((int)time.DayOfWeek + 6) % 7;
}

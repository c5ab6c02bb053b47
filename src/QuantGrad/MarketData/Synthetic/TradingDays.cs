namespace QuantGrad.MarketData.Synthetic;

/// <summary>The calendar of synthetic markets: weekdays without nine holidays, which makes 252 days in a usual year.</summary>
internal static class TradingDays
{
    /// <summary>The first day of every synthetic market's first year.</summary>
    internal static readonly DateTime Start = new(2005, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>All trading days of the given number of years from <see cref="Start"/> on.</summary>
    internal static DateTime[] Of(int years)
    {
        var days = new List<DateTime>(years * 252);
        for (var day = Start; day < Start.AddYears(years); day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day)) days.Add(day);
        return [.. days];
    }

    // Fixed days move to the nearest weekday, as exchanges do; the others are the n-th Monday or Thursday of a month.
    private static bool IsHoliday(DateTime day) =>
        IsObserved(day, 1, 1) || IsObserved(day, 7, 4) || IsObserved(day, 12, 25)
        || IsNth(day, 1, DayOfWeek.Monday, 3) || IsNth(day, 2, DayOfWeek.Monday, 3) || IsLastMondayOfMay(day)
        || IsNth(day, 9, DayOfWeek.Monday, 1) || IsNth(day, 10, DayOfWeek.Monday, 2) || IsNth(day, 11, DayOfWeek.Thursday, 4);

    private static bool IsObserved(DateTime day, int month, int date) =>
        (day.Month == month && day.Day == date)
        || (day.DayOfWeek == DayOfWeek.Friday && Is(day.AddDays(1), month, date)) || (day.DayOfWeek == DayOfWeek.Monday && Is(day.AddDays(-1), month, date));

    private static bool Is(DateTime day, int month, int date) => day.Month == month && day.Day == date;

    private static bool IsNth(DateTime day, int month, DayOfWeek weekday, int n) => day.Month == month && day.DayOfWeek == weekday && (day.Day + 6) / 7 == n;

    private static bool IsLastMondayOfMay(DateTime day) => day.Month == 5 && day.DayOfWeek == DayOfWeek.Monday && day.Day > 24;
}

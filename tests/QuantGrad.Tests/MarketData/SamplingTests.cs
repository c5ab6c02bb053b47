using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

public sealed class SamplingTests
{
    private static readonly DateTime Monday = new(2020, 1, 6);

    [Fact]
    public void Of_Weekdays_Is252EvenWithAStraySaturday()
    {
        var days = Enumerable.Range(0, 700).Select(i => Monday.AddDays(i)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Append(new DateTime(2020, 2, 1));
        Expect(days, "daily", 252, 5);
    }

    [Fact]
    public void Of_AllDays_Is365AndSundaysAloneMake313()
    {
        var days = Enumerable.Range(0, 700).Select(i => Monday.AddDays(i)).ToList();
        Expect(days, "daily", 365, 7);
        Expect(days.Where(day => day.DayOfWeek != DayOfWeek.Saturday), "daily", 313, 6);
        Expect(days.Where(day => day.DayOfWeek is not (DayOfWeek.Friday or DayOfWeek.Saturday)), "daily", 252, 5);
    }

    [Fact]
    public void Of_LongerBars_Are52And12And4And1()
    {
        Expect(Enumerable.Range(0, 100).Select(i => Monday.AddDays(7 * i)), "weekly", 52, 1);
        Expect(Enumerable.Range(0, 100).Select(i => new DateTime(2000, 1, 31).AddMonths(i)), "monthly", 12, null);
        Expect(Enumerable.Range(0, 40).Select(i => new DateTime(2000, 3, 31).AddMonths(3 * i)), "quarterly", 4, null);
        Expect(Enumerable.Range(0, 20).Select(i => new DateTime(2000, 12, 31).AddYears(i)), "yearly", 1, null);
    }

    [Fact]
    public void Of_Intraday_IsBarsADayTimesDaysAYear()
    {
        var weekdays = Enumerable.Range(0, 140).Select(i => Monday.AddDays(i)).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        Expect(weekdays.SelectMany(day => Enumerable.Range(0, 78).Select(i => day.AddHours(9.5).AddMinutes(5 * i))), "5 min", 78 * 252, 5);
        Expect(Enumerable.Range(0, 6 * 140).Select(i => Monday.AddHours(4 * i)), "4 h", 6 * 365, 7);
        Expect(Enumerable.Range(0, 200).Select(i => Monday.AddMilliseconds(250 * i)), "0.25 s", 200 * 252, 1);
    }

    [Fact]
    public void Of_IntradayWithShortFridays_DoesNotMoveWithFurtherBars()
    {
        // 24 hours from Monday to Thursday, 22 on Friday, 2 on Sunday: 120 a week on six days.
        var hours = Enumerable.Range(0, 24 * 7 * 60).Select(i => Monday.AddHours(i)).Where(hour => hour.DayOfWeek switch
        {
            DayOfWeek.Saturday => false,
            DayOfWeek.Sunday => hour.Hour >= 22,
            DayOfWeek.Friday => hour.Hour < 22,
            _ => true,
        }).ToArray();
        foreach (var end in new[] { hours.Length, hours.Length - 1, hours.Length - 71, hours.Length / 2 }) Expect(hours[..end], "1 h", 120 / 6.0 * 313, 6);
    }

    [Fact]
    public void Of_OneBar_IsTakenAsDaily() => Expect([Monday], "daily", 252, 5);

    private static void Expect(IEnumerable<DateTime> dates, string words, double periods, int? daysPerWeek)
    {
        var found = Sampling.Of([.. dates.Order().Select(date => date.Ticks)]);
        Assert.Equal((words, periods), (found.Describe(), found.PeriodsPerYear));
        if (daysPerWeek is { } days) Assert.Equal(days, found.DaysPerWeek);
    }
}

using System.Globalization;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

/// <summary>Symbols that are meant for one calendar meet on it; those that never can are refused.</summary>
public sealed class CalendarTests : IDisposable
{
    private static readonly DateTime Monday = new(2024, 1, 1);
    private readonly PriceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("yyyy-MM-dd'T16:00:00-05:00'")]
    [InlineData("yyyy-MM-dd'T20:00:00-08:00'")]
    [InlineData("yyyy-MM-dd'T08:00:00+10:00'")]
    [InlineData("yyyy-MM-dd' 00:00:00+09:00'")]
    [InlineData("yyyy-MM-dd' 16:00:00'")]
    [InlineData("yyyy-MM-dd'T21:00:00Z'")]
    public void Load_DailyBarsStampedAtATime_AreOfTheirOwnDate(string form)
    {
        Closes("LON.csv", Weekdays(60), "yyyy-MM-dd");
        Closes("NY.csv", Weekdays(60), form);
        var data = MarketDataLoader.Load([_folder.Root]);
        Assert.Empty(data.Defects);
        Assert.Equal((60, 252.0), (data.Panel.Steps, data.PeriodsPerYear));
        Assert.Equal(Weekdays(60), data.Panel.Dates);
    }

    [Fact]
    public void Load_DailyBarsThroughSummerTimeAndHalfDays_AreOfTheirOwnDate()
    {
        var days = Weekdays(200);
        Closes("NY.csv", days, day => $"{day:yyyy-MM-dd} {(day.Day == 3 ? "18:15" : "21:15")}:00{(day.Month is > 3 and < 11 ? "-04:00" : "-05:00")}");
        Assert.Equal(days, MarketDataLoader.Load([_folder.Root]).Panel.Dates);
    }

    [Fact]
    public void Load_HoursWithAnOffset_StayTheirMoments()
    {
        Closes("H.csv", [.. Enumerable.Range(0, 200).Select(hour => Monday.AddHours(hour))], "yyyy-MM-dd HH:mm:ss'-05:00'");
        var panel = MarketDataLoader.Load([_folder.Root]).Panel;
        Assert.Equal((Monday.AddHours(5), Monday.AddHours(204)), (panel.Dates[0], panel.Dates[^1]));
    }

    [Fact]
    public void Load_LastDayStillRunning_IsLeftOutThoughTheOthersHaveTimesToo()
    {
        var days = Weekdays(60);
        Closes("NY.csv", days, day => $"{day:yyyy-MM-dd}{(day == days[^1] ? "T11:23:45" : "T16:00:00")}{(day.Month > 2 ? "-04:00" : "-05:00")}");
        var data = MarketDataLoader.Load([_folder.Root]);
        Assert.Equal(DefectCodes.LiveRow, Assert.Single(data.Defects).Code);
        Assert.Equal(days[..^1], data.Panel.Dates);
    }

    [Fact]
    public void Load_SessionsThatBeginOnTheEveningBefore_AreOfTheDayOnWhichTheyEnd()
    {
        Closes("EUR.csv", [.. Weekdays(60).Select(day => day.AddDays(-1))], "yyyy-MM-dd'T22:00:00Z'");
        var data = MarketDataLoader.Load([_folder.Root]);
        Assert.Equal(DefectCodes.EveningSession, Assert.Single(data.Defects).Code);
        Assert.Equal(Weekdays(60), data.Panel.Dates);
    }

    [Fact]
    public void Load_WeeklyBesideDaily_IsRefusedAndBothFilesAreNamed()
    {
        var daily = Closes("D.csv", Weekdays(200), "yyyy-MM-dd");
        var weekly = Closes("W.csv", [.. Enumerable.Range(0, 40).Select(week => Monday.AddDays((7 * week) + (week == 12 ? 1 : 0)))], "yyyy-MM-dd");
        Refused(DefectCodes.MixedIntervals, weekly, daily, "weekly", "daily");
    }

    [Fact]
    public void Load_HoursBesideDays_AreRefused()
    {
        var hours = Closes("H.csv", Hours(0), "yyyy-MM-dd HH:mm:ss");
        Refused(DefectCodes.MixedIntervals, Closes("D.csv", Weekdays(40), "yyyy-MM-dd"), hours, "daily", "1 h");
    }

    [Fact]
    public void Load_HoursAtTheHourAndAtHalfPast_AreRefusedSinceTheyNeverMeet()
    {
        var whole = Closes("A.csv", Hours(0), "yyyy-MM-dd HH:mm:ss");
        Refused(DefectCodes.NoCommonDates, Closes("B.csv", Hours(30)[..^1], "yyyy-MM-dd HH:mm:ss"), whole, "2024-01-01T09:30:00Z", "2024-01-01T10:00:00Z");
    }

    [Fact]
    public void Load_WeekdaysBesideAllDaysOrMinutesWithHoles_MeetOnOneCalendar()
    {
        Closes("STOCK.csv", Weekdays(100), "yyyy-MM-dd");
        Closes("COIN.csv", [.. Enumerable.Range(0, 140).Select(i => Monday.AddDays(i))], "yyyy-MM-dd");
        Assert.Empty(MarketDataLoader.Load([_folder.Root]).Defects);
        using var other = new PriceFolder();
        string Minutes(Func<int, bool> has) => "date,close\n" + string.Concat(Enumerable.Range(0, 300).Where(has).Select(i => FormattableString.Invariant($"{Monday.AddMinutes(600 + i):yyyy-MM-dd HH:mm},{100 + (i % 7)}\n")));
        other.File("LIQUID.csv", Minutes(_ => true));
        other.File("SELDOM.csv", Minutes(i => i % 7 is 0 or 2 or 4 or 5));
        Assert.DoesNotContain(MarketDataLoader.Load([other.Root]).Defects, defect => defect.Policy == DefectPolicy.Fail);
    }

    private void Refused(string code, string file, params string[] words)
    {
        var defect = Assert.Single(MarketDataLoader.Inspect([_folder.Root]).Defects);
        Assert.Equal((code, file), (defect.Code, defect.File));
        Assert.All(words, word => Assert.Contains(word, defect.Message, StringComparison.Ordinal));
        Assert.Equal(3, Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([_folder.Root])).ExitCode);
    }

    private static DateTime[] Hours(int minute) => [.. Weekdays(40).SelectMany(day => Enumerable.Range(9, 7).Select(hour => day.AddHours(hour).AddMinutes(minute)))];

    private static DateTime[] Weekdays(int count) => [.. Enumerable.Range(0, count).Select(i => Monday.AddDays((i / 5 * 7) + (i % 5)))];

    private string Closes(string name, DateTime[] dates, string form) => Closes(name, dates, date => date.ToString(form, CultureInfo.InvariantCulture));

    private string Closes(string name, DateTime[] dates, Func<DateTime, string> stamp) =>
        _folder.File(name, "date,close\n" + string.Concat(dates.Select((date, i) => FormattableString.Invariant($"{stamp(date)},{100 + (i % 7)}\n"))));
}

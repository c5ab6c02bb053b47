using System.Globalization;

namespace QuantGrad.MarketData;

/// <summary>How often a market is sampled, found from its dates.</summary>
/// <param name="Interval">The usual distance of two bars (a month counts 30 days, a quarter 91, a year 365).</param>
/// <param name="PeriodsPerYear">A, the number of bars in a year: what annualises Sharpe and volatility.</param>
/// <param name="DaysPerWeek">On how many weekdays the market trades: 5, 6 (from Sunday evening) or 7.</param>
public sealed record Sampling(TimeSpan Interval, double PeriodsPerYear, int DaysPerWeek)
{
    private const long Week = 7 * TimeSpan.TicksPerDay; // the calendar's first day is a Monday

    /// <summary>Whether bars are closer than a day.</summary>
    public bool IsIntraday => Interval < TimeSpan.FromHours(20);

    /// <summary>
    /// Finds the sampling of a calendar. The interval is the commonest distance. Yearly periods: 252 for daily bars on weekdays, 313 with
    /// Sundays (or Saturdays), 365 on all days, 52 weekly, 12 monthly, 4 quarterly. Intraday bars count by the median of whole weeks, which further bars hardly move (a mean would
    /// change with every one of them, and with it every size); of less than three whole weeks by the mean of days with bars.
    /// </summary>
    /// <param name="ticks">The calendar in ticks, strictly increasing.</param>
    public static Sampling Of(ReadOnlySpan<long> ticks)
    {
        if (ticks.Length < 2) return new Sampling(TimeSpan.FromDays(1), 252, 5);
        var distances = new Dictionary<long, int>();
        Span<int> weekdays = stackalloc int[7];
        weekdays.Clear();
        // Runs of one distance and of one day are the rule: each is counted once.
        long days = 0, nextDay = long.MinValue, nextWeek = long.MinValue, distance = ticks[1] - ticks[0];
        var run = 0;
        var weeks = new List<int>();
        for (var i = 0; i < ticks.Length; i++)
        {
            if (i > 0)
            {
                if (ticks[i] - ticks[i - 1] != distance)
                {
                    Note(distance, run);
                    (distance, run) = (ticks[i] - ticks[i - 1], 0);
                }

                run++;
            }

            if (ticks[i] >= nextWeek)
            {
                nextWeek = (ticks[i] / Week + 1) * Week;
                weeks.Add(0);
            }

            weeks[^1]++;
            if (ticks[i] < nextDay) continue;
            var day = ticks[i] / TimeSpan.TicksPerDay;
            nextDay = (day + 1) * TimeSpan.TicksPerDay;
            days++;
            weekdays[(int)((day + 1) % 7)]++;
        }

        Note(distance, run);
        var interval = new TimeSpan(distances.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key);
        // A weekday counts when the market is open on it regularly: one stray Saturday does not make a market that trades on seven days.
        var traded = 0;
        foreach (var count in weekdays) if (count * 20 >= days) traded++;
        var daysPerYear = traded switch { >= 7 => 365, 6 => 313, _ => 252 };
        var (step, periods) = interval.TotalDays switch
        {
            < 20.0 / 24 when weeks.Count > 4 => (interval, Median(weeks[1..^1]) / traded * daysPerYear),
            < 20.0 / 24 => (interval, (double)ticks.Length / days * daysPerYear),
            < 4.5 => (TimeSpan.FromDays(1), daysPerYear),
            < 10 => (TimeSpan.FromDays(7), 52),
            < 45 => (TimeSpan.FromDays(30), 12),
            < 120 => (TimeSpan.FromDays(91), 4),
            _ => (TimeSpan.FromDays(365), 1),
        };
        return new Sampling(step, periods, Math.Max(traded, 1));

        void Note(long length, int times) => distances[length] = distances.GetValueOrDefault(length) + times;
    }

    private static double Median(List<int> counts)
    {
        counts.Sort();
        return (counts[(counts.Count - 1) / 2] + counts[counts.Count / 2]) / 2.0;
    }

    /// <summary>The interval in words: daily, weekly, 4 h, 1 min.</summary>
    public string Describe() => Interval.TotalDays switch
    {
        365 => "yearly",
        91 => "quarterly",
        30 => "monthly",
        7 => "weekly",
        1 => "daily",
        _ when Interval.TotalHours >= 1 => string.Create(CultureInfo.InvariantCulture, $"{Interval.TotalHours:0.##} h"),
        _ when Interval.TotalMinutes >= 1 => string.Create(CultureInfo.InvariantCulture, $"{Interval.TotalMinutes:0.##} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Interval.TotalSeconds:0.###} s"),
    };
}

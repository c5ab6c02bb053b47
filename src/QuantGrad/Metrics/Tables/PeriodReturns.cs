using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Tables;

/// <summary>What one calendar period brought.</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="Part">The month (1–12) or quarter (1–4) in it; 0 for a whole year.</param>
/// <param name="Return">Π(1 + r) − 1 over its rows.</param>
/// <param name="Sharpe">mean/std(ddof 1)·√A over its rows, or why it is undefined.</param>
/// <param name="Observations">How many rows it has.</param>
public sealed record PeriodReturn(int Year, int Part, double Return, MetricValue Sharpe, int Observations);

/// <summary>Returns by calendar month, quarter and year, compounded.</summary>
public static class PeriodReturns
{
    /// <summary>By calendar month.</summary>
    /// <param name="dates">Dates, increasing, <c>[T]</c>.</param>
    /// <param name="returns">Simple returns on these dates, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static IReadOnlyList<PeriodReturn> Monthly(DateTime[] dates, double[] returns, double periodsPerYear = 252) =>
        By(dates, returns, periodsPerYear, date => date.Month);

    /// <summary>By calendar quarter.</summary>
    /// <param name="dates">Dates, increasing, <c>[T]</c>.</param>
    /// <param name="returns">Simple returns on these dates, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static IReadOnlyList<PeriodReturn> Quarterly(DateTime[] dates, double[] returns, double periodsPerYear = 252) =>
        By(dates, returns, periodsPerYear, date => (date.Month + 2) / 3);

    /// <summary>By calendar year.</summary>
    /// <param name="dates">Dates, increasing, <c>[T]</c>.</param>
    /// <param name="returns">Simple returns on these dates, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static IReadOnlyList<PeriodReturn> Yearly(DateTime[] dates, double[] returns, double periodsPerYear = 252) =>
        By(dates, returns, periodsPerYear, _ => 0);

    private static List<PeriodReturn> By(DateTime[] dates, double[] returns, double periodsPerYear, Func<DateTime, int> part)
    {
        var periods = new List<PeriodReturn>();
        for (int start = 0, end; start < dates.Length; start = end)
        {
            var key = (dates[start].Year, Part: part(dates[start]));
            for (end = start + 1; end < dates.Length && (dates[end].Year, part(dates[end])) == key;) end++;
            var rows = returns.AsSpan(start, end - start);
            periods.Add(new PeriodReturn(key.Year, key.Part, TotalReturn.Of(rows).Value, SharpeRatio.Of(rows, periodsPerYear), end - start));
        }

        return periods;
    }
}

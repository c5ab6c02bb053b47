namespace QuantGrad.Metrics.Tables;

/// <summary>One stretch under water.</summary>
/// <param name="Depth">The deepest equity/peak − 1 in it, below 0.</param>
/// <param name="Peak">The date of the peak; the first date where the capital before the first return was the peak.</param>
/// <param name="Trough">The date of the deepest point.</param>
/// <param name="Recovery">The date that reached the peak again; null while it has not.</param>
/// <param name="Days">Calendar days from the peak to the recovery, or to the last date.</param>
public sealed record DrawdownEpisode(double Depth, DateTime Peak, DateTime Trough, DateTime? Recovery, double Days);

/// <summary>The drawdowns of a series, deepest first.</summary>
public static class DrawdownTable
{
    /// <summary>The worst drawdowns; of two equally deep ones the earlier comes first.</summary>
    /// <param name="dates">Dates, <c>[T]</c>.</param>
    /// <param name="returns">Simple returns on these dates, <c>[T]</c>.</param>
    /// <param name="count">At most how many.</param>
    public static IReadOnlyList<DrawdownEpisode> Worst(DateTime[] dates, ReadOnlySpan<double> returns, int count = 10) =>
        [.. All(dates, returns).OrderBy(episode => episode.Depth).Take(count)];

    /// <summary>All drawdowns in the order of time.</summary>
    /// <param name="dates">Dates, <c>[T]</c>.</param>
    /// <param name="returns">Simple returns on these dates, <c>[T]</c>.</param>
    public static IReadOnlyList<DrawdownEpisode> All(DateTime[] dates, ReadOnlySpan<double> returns)
    {
        var path = Risk.Drawdown.Path(returns);
        var episodes = new List<DrawdownEpisode>();
        var peak = 0;
        for (var t = 0; t < path.Length; t++)
        {
            if (path[t] >= 0)
            {
                peak = t;
                continue;
            }

            var trough = t;
            var end = t;
            while (end < path.Length && path[end] < 0)
            {
                if (path[end] < path[trough]) trough = end;
                end++;
            }

            DateTime? recovery = end < path.Length ? dates[end] : null;
            episodes.Add(new DrawdownEpisode(path[trough], dates[peak], dates[trough], recovery, ((recovery ?? dates[^1]) - dates[peak]).TotalDays));
            t = end - 1;
        }

        return episodes;
    }
}

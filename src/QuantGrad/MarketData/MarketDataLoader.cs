using System.Globalization;
using QuantGrad.MarketData.Caching;

namespace QuantGrad.MarketData;

/// <summary>Reads price files into a panel: the first stage of the pipeline.</summary>
public static class MarketDataLoader
{
    /// <summary>Reads the files and refuses defective data.</summary>
    /// <param name="paths">CSV files and folders of them, plain or compressed; relative paths are to the current folder.</param>
    /// <param name="from">The first day that is used; null for the beginning.</param>
    /// <param name="to">The last day that is used, itself included; null for the end.</param>
    /// <returns>The panel; its <see cref="MarketDataSet.Defects"/> hold warnings and repairs only.</returns>
    /// <exception cref="PriceDataException">A path is missing, a defect has the policy fail, or no bar is left between the dates.</exception>
    public static MarketDataSet Load(IReadOnlyList<string> paths, DateTime? from = null, DateTime? to = null)
    {
        var data = Inspect(paths, from, to);
        if (data.Defects.FirstOrDefault(defect => defect.Policy == DefectPolicy.Fail) is { } failure)
        {
            var others = data.Findings(DefectPolicy.Fail) - 1;
            var more = others > 0 ? string.Create(CultureInfo.InvariantCulture, $" There are {others} more errors; `quantgrad data check` lists them.") : "";
            throw new PriceDataException(failure + more);
        }

        if (data.Panel.Steps == 0)
            throw new PriceDataException($"{string.Join(", ", paths)}: no bar lies between {Say(from, "the beginning")} and {Say(to, "the end")}; widen data.from and data.to.");
        return data;

        static string Say(DateTime? date, string open) => date is { } day ? SeriesOrder.Text(day) : open;
    }

    /// <summary>Reads the files and collects all defects, those that a run would refuse too.</summary>
    /// <param name="paths">As in <see cref="Load"/>.</param>
    /// <param name="from">As in <see cref="Load"/>; bars before it are neither used nor checked.</param>
    /// <param name="to">As in <see cref="Load"/>.</param>
    /// <exception cref="PriceDataException">A path is missing or a file cannot be unpacked.</exception>
    public static MarketDataSet Inspect(IReadOnlyList<string> paths, DateTime? from = null, DateTime? to = null) => Inspect(paths, from, to, PriceCache.Beside);

    internal static MarketDataSet Inspect(IReadOnlyList<string> paths, DateTime? from, DateTime? to, PriceCache cache)
    {
        var (log, isWhole) = (new DefectLog(), from is null && to is null);
        var expanded = PricePaths.Expand(paths);
        var files = expanded.ConvertAll(path => cache.Read(path, isWhole, log));
        if (isWhole && files.SelectMany(file => file.Series).CountBy(one => one.Symbol, StringComparer.Ordinal).Any(pair => pair.Value > 1))
        {
            // Symbols that continue in another file are checked as one: what was kept of each file by itself is not enough.
            (log, isWhole) = (new DefectLog(), false);
            files = expanded.ConvertAll(path => cache.Read(path, isWhole, log));
        }

        var groups = files.SelectMany(file => file.Series).GroupBy(one => one.Symbol, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Prepare([.. group], isWhole, from, to, log), StringComparer.Ordinal);
        if (isWhole)
        {
            var known = log.ToList();
            files = files.ConvertAll(file => file with { Series = [.. file.Series.Select(one => groups[one.Symbol])] });
            foreach (var file in files) cache.Keep(file.Path, file, known.Where(defect => defect.File == file.Path));
        }

        var series = groups.Values.Where(one => one.Count > 0).ToList();
        var calendar = PanelBuilder.Calendar(series);
        CommonCalendar.Check(series, log);
        CalendarChecks.CheckMissing(series, calendar, log);
        return new MarketDataSet(PanelBuilder.Align(series), log.ToList(), Sampling.Of(calendar), [.. files.Select(file => Described(file, cache))]) { Notes = cache.Notes };
    }

    private static MarketDataFile Described(PriceFile file, PriceCache cache)
    {
        var hash = cache.HashOf(file.Path) is { } known ? new Lazy<string>(known) : new Lazy<string>(file.Hash);
        return new MarketDataFile(file.Path, file.Format, [.. file.Series.Select(one => one.Symbol)], file.Series.Sum(one => one.Count), hash);
    }

    private static BarSeries Prepare(BarSeries[] parts, bool isWhole, DateTime? from, DateTime? to, DefectLog log)
    {
        if (isWhole && parts is [{ IsPrepared: true } ready]) return ready;
        var sorted = Array.ConvertAll(parts, part => Between(BarStamps.Settle(SeriesOrder.Sort(part, log), log), from, to));
        var whole = sorted.Length == 1 ? sorted[0] : SeriesJoin.Join(sorted, log);
        if (whole.Count == 0) return whole;
        SeriesChecks.CheckBars(whole, log);
        var sampling = Sampling.Of(whole.Ticks.AsSpan(0, whole.Count));
        CalendarChecks.CheckGaps(whole, sampling, log);
        PatternChecks.CheckStretches(whole, sampling, log);
        JumpChecks.Check(whole, log);
        return whole;
    }

    private static BarSeries Between(BarSeries series, DateTime? from, DateTime? to)
    {
        int first = 0, end = series.Count;
        if (from is { } start) while (first < end && series.Ticks[first] < start.Ticks) first++;
        if (to is { } last)
        {
            var limit = last.TimeOfDay == TimeSpan.Zero ? last.Ticks + TimeSpan.TicksPerDay - 1 : last.Ticks;
            while (end > first && series.Ticks[end - 1] > limit) end--;
        }

        return series.Range(first, end);
    }
}

using QuantGrad.Metrics.Significance;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Comparing;

/// <summary>Runs on the dates that all of them share, and the tests between every two.</summary>
internal sealed class Comparison
{
    private const int Resamples = 999;

    private Comparison(RecordedRun[] runs, DateTime[] dates)
    {
        Runs = runs;
        Dates = dates;
        var rows = dates.ToHashSet();
        Net = Array.ConvertAll(runs, run => run.Equity.Net.Where((_, row) => rows.Contains(run.Equity.Dates[row])).ToArray());
        Names = Array.ConvertAll(runs, run => runs.Count(other => other.Name == run.Name) > 1 ? $"{run.Name} {run.Id}" : run.Name);
        Pairs = [.. from first in Enumerable.Range(0, runs.Length) from second in Enumerable.Range(first + 1, runs.Length - first - 1) select (first, second)];
        Tests = [.. Pairs.Select(pair => SharpeDifference.Of(Net[pair.First], Net[pair.Second], PeriodsPerYear, Resamples))];
        Adjusted = HolmAdjustment.Of([.. Tests.Select(test => test.PValue.Value)]);
    }

    /// <summary>The runs, in the order given.</summary>
    public RecordedRun[] Runs { get; }

    /// <summary>Names that tell the runs apart.</summary>
    public string[] Names { get; }

    /// <summary>Dates that all runs have, <c>[T]</c>.</summary>
    public DateTime[] Dates { get; }

    /// <summary>Net returns on these dates, a series a run.</summary>
    public double[][] Net { get; }

    /// <summary>Every two runs.</summary>
    public (int First, int Second)[] Pairs { get; }

    /// <summary>Sharpe of the first less that of the second, a test a pair.</summary>
    public SharpeDifference[] Tests { get; }

    /// <summary>p-values that allow for the number of pairs (Holm 1979).</summary>
    public double[] Adjusted { get; }

    /// <summary>Bars a year, of the first run.</summary>
    public double PeriodsPerYear => Runs[0].PeriodsPerYear;

    /// <summary>Brings runs together.</summary>
    /// <exception cref="UsageException">They share fewer than ten dates, or count years differently.</exception>
    public static Comparison Of(RecordedRun[] runs)
    {
        var dates = runs.Skip(1).Aggregate((IEnumerable<DateTime>)runs[0].Equity.Dates, (shared, run) => shared.Intersect(run.Equity.Dates)).ToArray();
        if (dates.Length < SharpeInterval.MinimumObservations)
            throw new UsageException($"The runs {string.Join(", ", runs.Select(run => run.Id))} share {dates.Length} dates out of sample; at least {SharpeInterval.MinimumObservations} are needed to compare them.");
        if (Array.Find(runs, run => Math.Abs(run.PeriodsPerYear - runs[0].PeriodsPerYear) > 1e-9) is { } other)
            throw new UsageException(FormattableString.Invariant($"{runs[0].Id} counts {runs[0].PeriodsPerYear} bars a year and {other.Id} {other.PeriodsPerYear}; set data.periods_per_year alike to compare them."));
        return new Comparison(runs, dates);
    }
}

/// <summary>p-values of several tests at once, so that the chance of one false alarm among them stays at the level (Holm 1979).</summary>
internal static class HolmAdjustment
{
    /// <summary>The adjusted p-values, in the order given; NaN stays NaN and does not count as a test.</summary>
    public static double[] Of(double[] pValues)
    {
        var adjusted = (double[])pValues.Clone();
        var order = Enumerable.Range(0, pValues.Length).Where(test => !double.IsNaN(pValues[test])).OrderBy(test => pValues[test]).ToArray();
        var running = 0.0;
        for (var rank = 0; rank < order.Length; rank++) adjusted[order[rank]] = running = Math.Max(running, Math.Min(1, (order.Length - rank) * pValues[order[rank]]));
        return adjusted;
    }
}

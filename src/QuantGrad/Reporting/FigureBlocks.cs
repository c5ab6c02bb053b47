using QuantGrad.Accounting;
using QuantGrad.Metrics;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>The three blocks of figures of a run.</summary>
internal static class FigureBlocks
{
    /// <summary>
    /// Out of sample; in sample (the newest fold's model on its own train window, starting flat); benchmark (equal weights on the out-of-sample bars at the same
    /// costs). Every seed counts as a trial, and so do those of the settings tried before; the spread of all their out-of-sample Sharpe ratios is the trials' variance.
    /// </summary>
    public static IReadOnlyList<(string Name, MetricSet Figures)> Of(OutOfSample result, TrialHistory history)
    {
        var strategy = result.Market.Strategy;
        var benchmark = result.BenchmarkLedger();
        var options = new MetricOptions
        {
            PeriodsPerYear = result.Market.PeriodsPerYear,
            Seed = (ulong)strategy.Seed,
            Trials = strategy.Training.Seeds + history.Trials,
            TrialVariance = TrialVariance(result, history),
            Benchmark = benchmark.NetReturns(),
        };
        var newest = result.Market.Folds[^1];
        var inSample = result.WindowLedger(newest.Index, newest.Train);
        return
        [
            ("out_of_sample", MetricSet.Compute(OutOfSample.Series(result.Ledger), options)),
            ("in_sample", MetricSet.Compute(OutOfSample.Series(inSample), options with { Benchmark = null })),
            ("benchmark", MetricSet.Compute(OutOfSample.Series(benchmark), options with { Trials = 1, TrialVariance = null, Benchmark = null })),
        ];
    }

    /// <summary>The figures of the out-of-sample rows that one fold decided.</summary>
    public static MetricSet OfFold(OutOfSample result, FoldFigures fold)
    {
        var rows = OutOfSample.Series(result.Ledger).Slice(fold.Fold.Test.Start - result.First, fold.TestObservations);
        return MetricSet.Compute(rows, new MetricOptions { PeriodsPerYear = result.Market.PeriodsPerYear, Seed = (ulong)result.Market.Strategy.Seed });
    }

    private static double? TrialVariance(OutOfSample result, TrialHistory history)
    {
        var seeds = result.Market.Strategy.Training.Seeds;
        if (seeds + history.Sharpes.Count < 2) return null;
        var own = Enumerable.Range(0, seeds).Select(seed => Moments.Of(result.MemberLedger(seed).NetReturns()).Sharpe()).ToArray();
        return own.All(sharpe => sharpe.IsDefined) ? Moments.Of([.. own.Select(sharpe => sharpe.Value), .. history.Sharpes]).SampleVariance : null;
    }
}

using QuantGrad.Accounting;
using QuantGrad.Metrics;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>The three blocks of figures of a run.</summary>
internal static class FigureBlocks
{
    /// <summary>
    /// Out of sample; in sample (the newest fold's model on its own train window, starting flat); benchmark (equal weights on the out-of-sample bars at the same
    /// costs). The spread of the trials is known out of sample only. Every seed counts as a trial, for a rule every look at a hard rule, and so do those of the settings tried before.
    /// </summary>
    /// <param name="result">The walk.</param>
    /// <param name="history">The settings tried before.</param>
    /// <param name="looks">Hard rules looked at, by descent and by search; 0 for networks.</param>
    public static IReadOnlyList<(string Name, MetricSet Figures)> Of(OutOfSample result, TrialHistory history, int looks)
    {
        var strategy = result.Market.Strategy;
        var benchmark = result.BenchmarkLedger();
        var options = new MetricOptions
        {
            PeriodsPerYear = result.Market.PeriodsPerYear,
            Seed = (ulong)strategy.Seed,
            Trials = Math.Max(strategy.Training.Seeds, looks) + history.Trials,
            TrialVariance = TrialVariance(result, history),
            Benchmark = benchmark.NetReturns(),
        };
        var newest = result.Market.Folds[^1];
        var inSample = result.WindowLedger(newest.Index, newest.Train);
        return
        [
            ("out_of_sample", MetricSet.Compute(OutOfSample.Series(result.Ledger), options)),
            ("in_sample", MetricSet.Compute(OutOfSample.Series(inSample), options with { TrialVariance = null, Benchmark = null })),
            ("benchmark", MetricSet.Compute(OutOfSample.Series(benchmark), options with { Trials = 1, TrialVariance = null, Benchmark = null })),
        ];
    }

    /// <summary>The figures of the out-of-sample rows that one fold decided; all undefined where the prices end before the first outcome.</summary>
    public static MetricSet OfFold(OutOfSample result, FoldFigures fold)
    {
        var first = Math.Min(fold.Fold.Test.Start - result.First, result.Ledger.Steps);
        var rows = OutOfSample.Series(result.Ledger).Slice(first, fold.TestObservations);
        return MetricSet.Compute(rows, new MetricOptions { PeriodsPerYear = result.Market.PeriodsPerYear, Seed = (ulong)result.Market.Strategy.Seed });
    }

    /// <summary>
    /// The spread of the settings' Sharpe ratios, but never below what it is without any skill, 1/(T−1), which is also what null means. The seeds of one setting
    /// move together: their spread would make luck look small.
    /// </summary>
    private static double? TrialVariance(OutOfSample result, TrialHistory history)
    {
        var own = Moments.Of(result.Ledger.NetReturns()).Sharpe();
        if (history.Sharpes.Count == 0 || !own.IsDefined || result.Ledger.RuinRow is not null) return null;
        return Math.Max(Moments.Of([own.Value, .. history.Sharpes]).SampleVariance, 1.0 / (result.Ledger.Steps - 1));
    }
}

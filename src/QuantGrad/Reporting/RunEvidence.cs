using QuantGrad.Accounting;
using QuantGrad.Metrics;
using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Significance;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>What a run is held against: baselines, its own members, its parts, random timing. Computed once, with the prices at hand; the page only reads it.</summary>
internal sealed class RunEvidence
{
    private const int OverfittingBlocks = 10, FewestConfigurations = 4, TimingDraws = 499, Resamples = 999;

    private RunEvidence(OutOfSample result, TrialHistory history, int threads, CancellationToken cancellation)
    {
        Result = result;
        var net = result.Ledger.NetReturns();
        var years = result.Market.PeriodsPerYear;
        var seed = (ulong)result.Market.Strategy.Seed;
        Baselines = WalkForward.Baselines.Of(result, threads);
        Members = [.. Enumerable.Range(0, result.Market.Strategy.Training.Seeds).Select(member => result.MemberLedger(member).NetReturns())];
        Contributions = Contributions.Of(result.Ledger, result.Market.Execution, result.Market.Costs);
        Rule = RuleEvidence.Of(result, threads, cancellation);
        Credit = Rule is null ? [.. AtOnce(result.Market.Folds, threads).Select(fold => CreditAssignment.Of(result.Market, result.Models[fold.Index], fold))] : [];

        var options = new MetricOptions { PeriodsPerYear = years, Seed = seed, Resamples = Resamples, Benchmark = Baselines[0].Books!.NetReturns() };
        var tests = AtOnce(Baselines, threads).Select(baseline => baseline.Books is { } books
            ? (MetricSet.Compute(OutOfSample.Series(books), options), SharpeDifference.Of(net, books.NetReturns(), years, Resamples, seed))
            : (MetricSet.Undefined(baseline.Reason!), SharpeDifference.Undefined(baseline.Reason!))).ToArray();
        BaselineFigures = Array.ConvertAll(tests, test => test.Item1);
        Differences = Array.ConvertAll(tests, test => test.Item2);

        double[]? Matched(Ledger? books) => books is null ? null : VolatilityMatch.Of(books.NetReturns(), net);
        BeatsLongOnly = Matched(Baselines[0].Books) is { } market ? SuperiorPredictiveAbility.Of([net, .. Members.Length > 1 ? Members : []], market, Resamples, seed) : null;
        var rivals = Baselines.Select(baseline => Matched(baseline.Books)).OfType<double[]>().ToArray();
        BeatenByBaseline = rivals.Length > 0 ? SuperiorPredictiveAbility.Of(rivals, net, Resamples, seed) : null;
        Configurations = SettingReturns.Of(result.Ledger, Members, history.Folders);
        Overfitting = Configurations.Length >= FewestConfigurations ? OverfittingProbability.Of(Configurations, OverfittingBlocks) : null;
        var ruined = MetricValue.Undefined(MetricValue.Ruined);
        Timing = result.Ledger.RuinRow is null ? RandomTimingOf(result, seed) : new RandomTiming(ruined, [], ruined);
    }

    /// <summary>The walk.</summary>
    public OutOfSample Result { get; }

    /// <summary>The baselines; the first is the benchmark.</summary>
    public IReadOnlyList<Baseline> Baselines { get; }

    /// <summary>The figures of each baseline.</summary>
    public MetricSet[] BaselineFigures { get; }

    /// <summary>The strategy's Sharpe ratio less each baseline's, tested.</summary>
    public SharpeDifference[] Differences { get; }

    /// <summary>Net returns of every seed alone.</summary>
    public double[][] Members { get; }

    /// <summary>The books taken apart.</summary>
    public Contributions Contributions { get; }

    /// <summary>How a rule was found, and what hardening it cost; null for networks.</summary>
    public RuleEvidence? Rule { get; }

    /// <summary>Credit of the inputs by fold; none for rules, whose parameters say what they listen to.</summary>
    public CreditAssignment[] Credit { get; }

    /// <summary>Whether the strategy or a member beats long only at the strategy's volatility; null where either has no spread.</summary>
    public SuperiorPredictiveAbility? BeatsLongOnly { get; }

    /// <summary>Whether any baseline at the strategy's volatility beats the strategy; null where none has spread.</summary>
    public SuperiorPredictiveAbility? BeatenByBaseline { get; }

    /// <summary>Net returns of the members, and of the settings tried before, on the dates that all have.</summary>
    public double[][] Configurations { get; }

    /// <summary>PBO over the configurations; null with fewer than four, whose ranks say nothing.</summary>
    public OverfittingProbability? Overfitting { get; }

    /// <summary>The same positions at random times.</summary>
    public RandomTiming Timing { get; }

    /// <summary>Collects the evidence of a walk.</summary>
    /// <param name="result">The walk.</param>
    /// <param name="history">The settings tried before.</param>
    /// <param name="threads">At most so many at a time; the figures do not depend on it.</param>
    /// <param name="cancellation">Stops a search for a rule's parameters.</param>
    public static RunEvidence Of(OutOfSample result, TrialHistory history, int threads, CancellationToken cancellation = default) => new(result, history, threads, cancellation);

    private static ParallelQuery<T> AtOnce<T>(IReadOnlyList<T> parts, int threads) =>
        parts.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Clamp(threads, 1, Math.Min(parts.Count, Environment.ProcessorCount)));

    // A row earns h·G before its fill and p·w·I after it: each asset enters with the weight it holds before and after, and without a turn the sum is the gross return.
    private static RandomTiming RandomTimingOf(OutOfSample result, ulong seed)
    {
        var (books, execution) = (result.Ledger, result.Market.Execution);
        List<double[]> weights = [], returns = [];
        for (var asset = 0; asset < books.Assets; asset++)
        {
            var gaps = Rows(row => execution.Gap[(books.FirstStep + row) * books.Assets + asset]);
            if (Array.Exists(gaps, gap => gap != 0))
            {
                weights.Add(Rows(row => books.Held(row, asset)));
                returns.Add(gaps);
            }

            weights.Add(Rows(row => books.Weight(row, asset) * WalkForward.Contributions.Growth(books, execution, row)));
            returns.Add(Rows(row => execution.Hold[(books.FirstStep + row) * books.Assets + asset]));
        }

        return RandomTiming.Of([.. weights], [.. returns], books.Column(PortfolioAccounting.Cost), result.Market.PeriodsPerYear, TimingDraws, seed);

        double[] Rows(Func<int, double> value) => [.. Enumerable.Range(0, books.Steps).Select(value)];
    }
}

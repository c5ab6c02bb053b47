using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Sweeping;

/// <summary>
/// What descent maximises, of the hard rule with exact costs, for many parameter sets and windows. The Sharpe ratio comes out of the lanes at once; other
/// objectives, and the penalty of leverage, go parameter set by parameter set through the strategy's own loss.
/// </summary>
internal sealed class RuleObjective : IDisposable
{
    private readonly Preparation market;
    private readonly SweepMarket sweep;
    private readonly LaneSweep lanes;

    /// <summary>Prepares the evaluation of a strategy's rule.</summary>
    /// <param name="market">The market of a strategy with a rule and no network.</param>
    /// <exception cref="UsageException">The rule has a part without a hard form.</exception>
    public RuleObjective(Preparation market)
    {
        this.market = market;
        Rule = HardRule.Compile(market.Strategy.RuleFormula());
        sweep = SweepMarket.Of(Rule, market);
        lanes = new LaneSweep(Rule, sweep);
    }

    /// <summary>The rule.</summary>
    public HardRule Rule { get; }

    /// <summary>Whether the lanes know the objective.</summary>
    public bool UsesLanes => market.Strategy.Objective is { Loss: [{ Loss: Loss.Sharpe }], LeveragePenalty: 0 };

    /// <inheritdoc/>
    public void Dispose() => lanes.Dispose();

    /// <summary>The rows that a fold's train window is judged on, as in descent.</summary>
    public TrainingWindow Train(Fold fold) => TrainingWindow.Cut(market.View.Until(fold.TrainHorizon), fold.Train);

    /// <summary>The rows of its validation window; empty without any.</summary>
    public TrainingWindow Validation(Fold fold) => TrainingWindow.Cut(market.View.Until(fold.Test.Start), fold.Validation);

    /// <summary>The objective of every parameter set on every window, higher is better, NaN on a window of fewer than two rows: <c>[points][windows]</c>.</summary>
    /// <param name="points">Parameter sets, hardened.</param>
    /// <param name="windows">Windows.</param>
    /// <param name="threads">Threads; the values do not depend on it.</param>
    /// <param name="cancellation">Looked at between parameter sets.</param>
    public double[][] Evaluate(double[][] points, IReadOnlyList<TrainingWindow> windows, int threads, CancellationToken cancellation)
    {
        var values = points.Select(_ => Enumerable.Repeat(double.NaN, windows.Count).ToArray()).ToArray();
        var used = Enumerable.Range(0, windows.Count).Where(w => windows[w].Steps >= 2).ToArray();
        if (used.Length == 0) return values;
        if (UsesLanes) EvaluateLanes(points, windows, used, values, threads, cancellation);
        else EvaluatePlain(points, windows, used, values, threads, cancellation);
        return values;
    }

    /// <summary>The signals of a parameter set, <c>[T, A]</c>; NaN where nothing is decided.</summary>
    /// <param name="point">Values, hardened.</param>
    public double[] Signals(double[] point)
    {
        var signals = new PlainRule(Rule, sweep).Signals(point);
        for (var cell = 0; cell < signals.Length; cell++)
            if (sweep.Decisions[cell] != Decision.Trade) signals[cell] = double.NaN;
        return signals;
    }

    private void EvaluateLanes(double[][] points, IReadOnlyList<TrainingWindow> windows, int[] used, double[][] values, int threads, CancellationToken cancellation)
    {
        var settings = market.Strategy.Objective;
        BarRange[] ranges = [.. used.Select(w => new BarRange(windows[w].FirstStep, windows[w].FirstStep + windows[w].Steps))];
        var figures = lanes.Run(points, ranges, threads, cancellation);
        for (var i = 0; i < points.Length; i++)
            for (var w = 0; w < used.Length; w++)
                values[i][used[w]] = figures[i][w].SharpeObjective(market.PeriodsPerYear, settings.Loss[0].Weight, settings.TurnoverPenalty);
    }

    private void EvaluatePlain(double[][] points, IReadOnlyList<TrainingWindow> windows, int[] used, double[][] values, int threads, CancellationToken cancellation)
    {
        var workers = Math.Clamp(threads, 1, points.Length);
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation }, worker =>
        {
            var books = StrategyGraph.CompileBooks(market.Strategy, market.PeriodsPerYear);
            var plans = used.Select(w => Bound(books, windows[w])).ToArray();
            for (var i = worker; i < points.Length; i += workers)
            {
                cancellation.ThrowIfCancellationRequested();
                var signals = Signals(points[i]);
                for (var w = 0; w < used.Length; w++) values[i][used[w]] = Evaluate(books, plans[w], windows[used[w]], signals);
            }
        });
    }

    private Plan<double> Bound(StrategyGraph books, TrainingWindow window)
    {
        var plan = new Plan<double>(books.Graph, window.Size, books.Loss);
        window.BindBooks(books, plan);
        books.BindCosts(plan, market.Costs, epsilon: 0);
        return plan;
    }

    private double Evaluate(StrategyGraph books, Plan<double> plan, TrainingWindow window, double[] signals)
    {
        var positions = plan.Value(books.Position);
        for (var step = 0; step < window.Steps; step++)
        {
            for (var column = 0; column < window.Assets.Length; column++)
            {
                var signal = signals[(window.FirstStep + step) * sweep.Assets + window.Assets[column]];
                positions[step * window.Assets.Length + column] = double.IsNaN(signal) ? 0 : signal;
            }
        }

        plan.Forward();
        return -plan.Value(books.Loss)[0];
    }
}

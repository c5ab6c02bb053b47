using QuantGrad.Accounting;
using QuantGrad.Metrics;
using QuantGrad.Strategies;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>
/// What the trained folds would have done: their signals on their test windows, one after the other, and one ledger over all of them, so that each fold's
/// test begins from what the fold before it held and the very first trade is paid for.
/// </summary>
internal sealed class OutOfSample
{
    private OutOfSample(Preparation market, IReadOnlyList<FoldModel> models)
    {
        Market = market;
        Models = models;
        First = market.Folds[0].Test.Start;
        Signals = Join(market, models);
        Decisions = market.Sizing.Decisions.AsSpan(First * Assets, Signals.Length).ToArray();
        Ledger = Books(Signals);
    }

    /// <summary>The market.</summary>
    public Preparation Market { get; }

    /// <summary>The model of each fold.</summary>
    public IReadOnlyList<FoldModel> Models { get; }

    /// <summary>The calendar's index of the first out-of-sample decision.</summary>
    public int First { get; }

    /// <summary>A.</summary>
    public int Assets => Market.Data.Panel.Assets;

    /// <summary>Signals of every out-of-sample bar, <c>[n, A]</c>, NaN where nothing is decided.</summary>
    public double[] Signals { get; }

    /// <summary>What could be done, <c>[n, A]</c>.</summary>
    public Decision[] Decisions { get; }

    /// <summary>The books.</summary>
    public Ledger Ledger { get; }

    /// <summary>Evaluates trained folds.</summary>
    public static OutOfSample Evaluate(Preparation market, IReadOnlyList<FoldModel> models) => new(market, models);

    /// <summary>The out-of-sample books of one member of every fold alone: a trial of its own.</summary>
    public Ledger MemberLedger(int member)
    {
        var alone = Models.Select(model => new FoldModel(Market.Strategy, [model.Members[member]], Market.PeriodsPerYear)).ToArray();
        return Books(Join(Market, alone));
    }

    /// <summary>Equal weights in everything that can be traded, on the same bars, at the same costs.</summary>
    public Ledger BenchmarkLedger()
    {
        var targets = new double[Signals.Length];
        for (var step = 0; step < targets.Length / Assets; step++)
        {
            var row = step * Assets;
            for (var cell = row; cell < row + Assets; cell++) targets[cell] = Decisions[cell] == Decision.Trade ? 1.0 / Market.Sizing.Members[First + step] : 0;
        }

        return Keep(First, targets, Decisions);
    }

    /// <summary>The books of a fold's model over bars that it was trained or validated on, starting flat.</summary>
    public Ledger WindowLedger(int fold, BarRange range)
    {
        var known = range with { End = Math.Min(range.End, Market.View.StepsWithOutcome) };
        var signals = Models[fold].Signals(Market.View, known);
        var decisions = Market.Sizing.Decisions.AsSpan(known.Start * Assets, signals.Length).ToArray();
        return Keep(known.Start, Targets(known.Start, signals), decisions);
    }

    /// <summary>
    /// The weight decided at an out-of-sample bar: the target, or what is held at its close where nothing was decided; 0 where nothing is held, as after ruin. With
    /// <see cref="Fill.NextClose"/> the decision of the bar before has just been filled.
    /// </summary>
    public double Weight(int step, int asset)
    {
        var cell = step * Assets + asset;
        if (Ledger.RuinRow + Market.Execution.OutcomeBars <= step) return 0;
        if (Decisions[cell] == Decision.Trade) return Signals[cell] * Market.Sizing.Sizes[First * Assets + cell];
        if (Decisions[cell] == Decision.CloseOut) return 0;
        if (Market.Fill != Fill.NextClose) return Ledger.Held(step, asset);
        return step == 0 ? 0 : Ledger.Weight(step - 1, asset);
    }

    /// <summary>The fold that decided at an out-of-sample bar.</summary>
    public int FoldOf(int step)
    {
        var fold = 0;
        while (Market.Folds[fold].Test.End <= First + step) fold++;
        return fold;
    }

    /// <summary>Rows of a ledger as the metrics read them.</summary>
    public static ReturnSeries Series(Ledger ledger) => new(ledger.Dates, ledger.NetReturns(), ledger.Column(PortfolioAccounting.Gross),
        ledger.Column(PortfolioAccounting.Cost), ledger.Column(PortfolioAccounting.Turnover), ledger.Exposure, ledger.Borrowing);

    private static double[] Join(Preparation market, IReadOnlyList<FoldModel> models) =>
        [.. market.Folds.SelectMany(fold => models[fold.Index].Signals(market.View, fold.Test))];

    private Ledger Books(double[] signals) => Keep(First, Targets(First, signals), Decisions);

    private double[] Targets(int first, double[] signals)
    {
        var targets = new double[signals.Length];
        for (var cell = 0; cell < targets.Length; cell++)
            targets[cell] = double.IsNaN(signals[cell]) ? 0 : signals[cell] * Market.Sizing.Sizes[first * Assets + cell];
        return targets;
    }

    private Ledger Keep(int first, double[] targets, Decision[] decisions) => Ledger.Keep(Market.Data.Panel, Market.Execution, first, targets, decisions, Market.Costs);
}

using QuantGrad.Autodiff;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Auditing;

/// <summary>
/// Proves that no position depends on a later bar, on the real pipeline, training included: the future is altered and cut off (<see cref="FutureAudit"/>); each
/// feature is computed again from its declared history alone; the gradient of a step's positions to all later inputs is exactly zero; and a decision changes no
/// row of the books before its own.
/// </summary>
public static class StrategyAudit
{
    /// <summary>Epochs that the audit trains at most: what may be seen does not depend on how long one looks.</summary>
    public const int MaxEpochs = 8;

    private const int GradientSteps = 32;

    /// <summary>What a position that adds up many rows, each of which agrees to 1e-6, may be off.</summary>
    private const double SequenceTolerance = 10 * HistoryMeasurement.Tolerance;

    /// <summary>Audits a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="threads">Threads for the first preparation.</param>
    /// <param name="folds">Folds audited, spread evenly and always with the newest; at least 1.</param>
    /// <param name="cancellation">Stops between trainings.</param>
    public static AuditReport Run(Strategy strategy, int threads, int folds, CancellationToken cancellation) =>
        Run(new AuditedPipeline(Shortened(strategy)), Preparation.Of(strategy, threads).Data, folds, cancellation);

    internal static AuditReport Run(AuditedPipeline pipeline, MarketDataSet data, int folds, CancellationToken cancellation)
    {
        var findings = new FindingList();
        var future = new FutureAudit(pipeline, data, (ulong)pipeline.Strategy.Seed, findings, cancellation);
        var market = future.Market;
        TrainedUnit? unit = null;
        foreach (var fold in Spread(market.Folds, folds)) unit = future.Audit(fold);

        var history = HistoryMeasurement.Measure(market.Formulas, data.Panel, market.Features);
        CheckGradient(pipeline, market, unit!, findings);
        CheckDecisionOrder(pipeline, market, unit!, findings);
        CheckDeclaredHistory(pipeline, market, unit!, history, findings);
        return new AuditReport(pipeline.Strategy.Name, future.Cuts, [.. Enum.GetValues<FutureAlteration>().Select(alteration => alteration.Words())], future.Trainings,
            [.. market.Formulas.Names.Zip(history, KeyValuePair.Create)], findings.All);
    }

    /// <summary>The strategy with its training cut short.</summary>
    internal static Strategy Shortened(Strategy strategy) => strategy with
    {
        Model = strategy.Model with { Rule = strategy.Model.Rule is { } rule ? rule with { Starts = Math.Min(rule.Starts, 2) } : null },
        Training = strategy.Training with { Epochs = Math.Min(strategy.Training.Epochs, MaxEpochs), BurnIn = 0, Seeds = 1 },
    };

    private static IEnumerable<Fold> Spread(IReadOnlyList<Fold> folds, int count)
    {
        count = Math.Clamp(count, 1, folds.Count);
        for (var i = 1; i <= count; i++) yield return folds[i * folds.Count / count - 1];
    }

    private static void CheckGradient(AuditedPipeline pipeline, Preparation market, TrainedUnit unit, FindingList findings)
    {
        var graph = StrategyGraph.Compile(pipeline.Strategy, 1, market.PeriodsPerYear);
        var probed = GradientSteps / 2;
        var probe = graph.Graph.Add("audit.probe", new StepProbe(probed), graph.Position);
        var window = TrainingWindow.Cut(market.View, market.Folds[^1].Train, pipeline.Strategy.Model.Memory());
        var size = new PlanSize(Math.Min(GradientSteps, window.Steps), window.Assets.Length);
        if (size.Steps < GradientSteps) return;
        var plan = new Plan<double>(graph.Graph, size, new PlanOptions { KeepGradientsOf = [graph.Features] }, probe);
        for (var i = 0; i < plan.Parameters.Length; i++) plan.Parameters[i] = unit.Parameters[i];
        graph.BindScaling(plan, unit.FeatureMean, unit.FeatureDeviation);
        window.Features.AsSpan(0, plan.Value(graph.Features).Length).CopyTo(plan.Value(graph.Features));
        graph.BindBars(plan, window.Bars);
        graph.BindAlive(plan, [.. Enumerable.Repeat(Accounting.Decision.Trade, size.Rows)]);
        graph.BindRules(plan, [unit.RuleScales], pipeline.Strategy.Model.Rule?.TemperatureStart ?? 0);
        plan.Forward();
        plan.Backward(probe);
        var later = plan.Gradient(graph.Features)[((probed + 1) * size.Assets * market.View.FeatureCount)..];
        var place = later.IndexOfAnyExcept(0.0);
        if (place < 0) return;
        findings.Add(new AuditFinding("gradient", market.Formulas.Names[place % market.View.FeatureCount],
            market.Data.Panel.Symbols[window.Assets[place / market.View.FeatureCount % size.Assets]], market.Data.Panel.Dates[window.FirstStep + probed], Math.Abs(later[place]),
            "nothing was altered", "the model's output at a step has a gradient to inputs after it: a layer looks ahead"));
    }

    private static void CheckDecisionOrder(AuditedPipeline pipeline, Preparation market, TrainedUnit unit, FindingList findings)
    {
        var test = market.Folds[^1].Test;
        var range = test with { End = Math.Min(test.End, market.View.StepsWithOutcome) };
        if (range.Count < 2) return;
        var before = DecisionOrder.NetReturns(market, range, pipeline.Signals(market, unit, range), null);
        var changed = range.Count / 2;
        var after = DecisionOrder.NetReturns(market, range, pipeline.Signals(market, unit, range), changed);
        findings.Compare("decision_order", "net returns", market.Data.Panel.Dates[range.Start + changed], before.AsSpan(0, changed), after.AsSpan(0, changed),
            "one later decision is changed", "a decision earns before it is taken");
    }

    private static void CheckDeclaredHistory(AuditedPipeline pipeline, Preparation market, TrainedUnit unit, int[] history, FindingList findings)
    {
        var panel = market.Data.Panel;
        var last = panel.Steps - 1;
        var lead = OwnBarRows.Of(market.View, [.. Enumerable.Range(0, panel.Assets)], new BarRange(last, panel.Steps), pipeline.Strategy.Model.Memory()).Lead;
        var bars = Math.Min(panel.Steps, lead + history.Max());
        var cut = market.Formulas.Compute(panel.Slice(panel.Steps - bars, bars));
        var whole = pipeline.Signals(market, unit, new BarRange(last, panel.Steps));
        var part = new FoldModel(pipeline.Strategy, [unit], market.PeriodsPerYear).Signals(DecisionOrder.WithNewestFeatures(market, cut), new BarRange(bars - 1, bars));
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            var difference = Math.Abs(whole[asset] - part[asset]);
            if (!(difference > (lead > 0 ? SequenceTolerance : HistoryMeasurement.Tolerance))) continue;
            findings.Add(new AuditFinding("history", "position", panel.Symbols[asset], panel.Dates[last], difference, FormattableString.Invariant($"only the newest {bars} bars are given"),
                "a feature remembers more bars than were measured for it; give it a finite window"));
        }
    }
}

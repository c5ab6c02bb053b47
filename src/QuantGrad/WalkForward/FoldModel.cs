using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>The trained members of a fold as one model: the graph that tests it and that is exported.</summary>
internal sealed class FoldModel
{
    private readonly int memory;
    private readonly double temperature;

    /// <summary>Joins members.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="members">Trained units of one fold, in the order of their seeds.</param>
    /// <param name="periodsPerYear">Bars a year.</param>
    /// <param name="temperature">Of a rule; that of what is traded where null, 0 the hard rule.</param>
    public FoldModel(Strategy strategy, IReadOnlyList<TrainedUnit> members, double periodsPerYear, double? temperature = null)
    {
        this.temperature = temperature ?? strategy.Model.Rule?.FinalTemperature ?? 0;
        Members = members;
        memory = strategy.Model.Memory();
        Graph = StrategyGraph.Compile(strategy, members.Count, periodsPerYear);
        Parameters = [.. members.SelectMany(member => member.Parameters)];
    }

    /// <summary>The members.</summary>
    public IReadOnlyList<TrainedUnit> Members { get; }

    /// <summary>The weights of all members, in the order of the graph's parameters.</summary>
    public float[] Parameters { get; }

    /// <summary>The graph with all members.</summary>
    public StrategyGraph Graph { get; }

    /// <summary>A plan that computes positions, with weights and scaling set.</summary>
    /// <param name="size">T and A.</param>
    public Plan<T> PositionPlan<T>(PlanSize size) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var plan = new Plan<T>(Graph.Graph, size, Graph.Position);
        Bind(plan);
        return plan;
    }

    /// <summary>Sets weights and scaling, and what rules need, in a plan of the strategy's graph.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="graph">The strategy's graph, this one's own where null.</param>
    public void Bind<T>(Plan<T> plan, StrategyGraph? graph = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < Parameters.Length; i++) plan.Parameters[i] = T.CreateTruncating(Parameters[i]);
        graph ??= Graph;
        graph.BindScaling(plan, Members[0].FeatureMean, Members[0].FeatureDeviation);
        graph.BindRules(plan, Members.Select(member => member.RuleScales), temperature);
    }

    /// <summary>
    /// The signals of a stretch of bars, <c>[n, A]</c>; NaN where nothing is decided. A model that looks along time sees its lead-in before them, and carries its
    /// state through them.
    /// </summary>
    /// <param name="view">What is known.</param>
    /// <param name="range">Bars.</param>
    public double[] Signals(MarketView view, BarRange range) => Signals(view, range, memory);

    /// <summary>As above, with a lead-in of another length.</summary>
    internal double[] Signals(MarketView view, BarRange range, int memory) =>
        Graph.Rules.Count > 0 ? Signals<double>(view, range, memory) : Signals<float>(view, range, memory);

    // The inputs are rounded to float in any case, as the exported model takes them; what a rule makes of prices is computed in double, as there.
    private double[] Signals<T>(MarketView view, BarRange range, int memory) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var cells = range.Count * view.Assets;
        var signals = new double[cells];
        if (cells == 0) return signals;
        var rows = OwnBarRows.Of(view, [.. Enumerable.Range(0, view.Assets)], range, memory);
        var plan = PositionPlan<T>(new PlanSize(rows.Lead + range.Count, view.Assets));
        Graph.BindBars(plan, rows.Bars);
        var features = plan.Value(Graph.Features);
        var source = view.Features.Span.Slice(rows.FirstStep * view.Assets * view.FeatureCount, features.Length);
        for (var i = 0; i < features.Length; i++) features[i] = rows.Bars[i / view.FeatureCount] >= 0 ? T.CreateTruncating((float)source[i]) : T.Zero;
        var decisions = view.Decisions.Span.Slice(range.Start * view.Assets, cells);
        Graph.BindAlive(plan, decisions, rows.Lead * view.Assets);
        plan.Forward();
        var positions = plan.Value(Graph.Position)[(rows.Lead * view.Assets)..];
        for (var cell = 0; cell < cells; cell++) signals[cell] = decisions[cell] == Decision.Trade ? double.CreateTruncating(positions[cell]) : double.NaN;
        return signals;
    }
}

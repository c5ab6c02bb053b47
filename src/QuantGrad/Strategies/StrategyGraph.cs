using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Strategies;

/// <summary>
/// A strategy compiled to one graph: features → scaling → members → mean → position → sizes → books → loss. With one member it is what a unit trains;
/// with all members of a fold it is what is tested, and, cut at <see cref="Position"/>, what is exported.
/// </summary>
internal sealed class StrategyGraph
{
    private StrategyGraph(Graph graph, int featureCount)
    {
        Graph = graph;
        Features = graph.Input("features", Shape.PerRow(featureCount));
        Sizes = graph.Input("sizes", Shape.PerRow(1));
        Decided = graph.Input("decided", Shape.PerRow(1));
        Gap = graph.Input("gap", Shape.PerRow(1));
        Hold = graph.Input("hold", Shape.PerRow(1));
        Initial = graph.Input("initial", Shape.PerAsset(1));
        Costs = graph.Input("costs", Shape.Fixed(1, 3));
        Mean = graph.Constant("scaling.mean", Shape.Fixed(1, featureCount));
        Deviation = graph.Constant("scaling.deviation", Shape.Fixed(1, featureCount));
        Position = Targets = Books = Lead = Loss = Features;
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>Input <c>[T·A, F]</c>.</summary>
    public Node Features { get; }

    /// <summary>Input, weight of a signal of 1, <c>[T·A, 1]</c>.</summary>
    public Node Sizes { get; }

    /// <summary>Input, 1 where the signal is traded, <c>[T·A, 1]</c>.</summary>
    public Node Decided { get; }

    /// <summary>Input, returns before the fill, <c>[T·A, 1]</c>.</summary>
    public Node Gap { get; }

    /// <summary>Input, returns after the fill, <c>[T·A, 1]</c>.</summary>
    public Node Hold { get; }

    /// <summary>Input, weights held at the start, <c>[A, 1]</c>.</summary>
    public Node Initial { get; }

    /// <summary>Input, κ, β and ε of the accounting, <c>[1, 3]</c>.</summary>
    public Node Costs { get; }

    /// <summary>Input, the number of leading steps that the objective does not count, <c>[1, 1]</c>: those that warm up a model which looks along time; else 0.</summary>
    public Node Lead { get; private set; }

    /// <summary>Constant, mean of each feature over the train rows, <c>[1, F]</c>.</summary>
    public Node Mean { get; }

    /// <summary>Constant, standard deviation of each feature over the train rows, <c>[1, F]</c>.</summary>
    public Node Deviation { get; }

    /// <summary>The signal in [−1, 1], <c>[T·A, 1]</c>.</summary>
    public Node Position { get; private set; }

    /// <summary>Weights aimed at, signal · size, <c>[T·A, 1]</c>.</summary>
    public Node Targets { get; private set; }

    /// <summary>Net, gross, cost and turnover, <c>[T, 4]</c>.</summary>
    public Node Books { get; private set; }

    /// <summary>What training minimises.</summary>
    public Node Loss { get; private set; }

    /// <summary>Compiles a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="members">Networks whose outputs are averaged; their parameters follow one another.</param>
    /// <param name="periodsPerYear">Bars a year.</param>
    public static StrategyGraph Compile(Strategy strategy, int members, double periodsPerYear)
    {
        var network = strategy.Model.Network ?? throw new UsageException("model.rule: this version trains networks; give model.network.");
        var compiled = new StrategyGraph(new Graph(), strategy.Features.Count);
        var graph = compiled.Graph;
        var scaled = graph.Add("scaling", new Standardize(), compiled.Features, compiled.Mean, compiled.Deviation);
        if (network.Scaling.Clip is { } clip) scaled = graph.Add("scaling.clip", new Clip(clip), scaled);
        var outputs = Enumerable.Range(0, members).Select(member => NetworkBuilder.Append(graph, $"member{member}", scaled, network)).ToArray();
        compiled.Position = outputs.Length == 1 ? outputs[0] : graph.Add("ensemble", new Mean(), outputs);
        compiled.Targets = graph.Add("targets", new Multiply(), compiled.Position, compiled.Sizes);
        compiled.Books = graph.Add("books", new AccountingOp(), compiled.Targets, compiled.Decided, compiled.Gap, compiled.Hold, compiled.Initial, compiled.Costs);
        compiled.Lead = graph.Input("lead", Shape.Scalar);
        compiled.Loss = LossBuilder.Append(compiled, strategy.Objective, network.Output == OutputSquash.Sigmoid ? 0 : -1, periodsPerYear);
        return compiled;
    }

    /// <summary>Sets the scaling of a plan.</summary>
    public void BindScaling<T>(Plan<T> plan, double[] mean, double[] deviation) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var feature = 0; feature < mean.Length; feature++)
        {
            plan.Value(Mean)[feature] = T.CreateTruncating(mean[feature]);
            plan.Value(Deviation)[feature] = T.CreateTruncating(deviation[feature]);
        }
    }

    /// <summary>Sets the costs of a plan.</summary>
    public void BindCosts<T>(Plan<T> plan, TradingCosts costs, double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        plan.Value(Costs)[0] = T.CreateTruncating(costs.CostFraction);
        plan.Value(Costs)[1] = T.CreateTruncating(costs.BorrowPerBar);
        plan.Value(Costs)[2] = T.CreateTruncating(epsilon);
    }
}

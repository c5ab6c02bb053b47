using QuantGrad.Autodiff;
using QuantGrad.Objectives;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Auditing;

/// <summary>What <see cref="StrategyGradientCheck"/> found.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Steps">T of the window checked.</param>
/// <param name="Assets">A of the window checked.</param>
/// <param name="Tolerance">Largest relative error that passes.</param>
/// <param name="Groups">One entry a parameter group.</param>
public sealed record GradientCheckReport(string Strategy, int Steps, int Assets, double Tolerance, IReadOnlyList<GradientCheckGroup> Groups)
{
    /// <summary>Whether every group is within the tolerance.</summary>
    public bool Passed => Groups.All(group => group.MaxError <= Tolerance);
}

/// <summary>
/// The whole strategy's gradient (features, network, sizing, costs, Sharpe) against central differences in double, on the real prices of the first fold.
/// The weights are drawn at random, the head too, so that no group's gradient is zero by construction; dropout's mask is held still.
/// </summary>
public static class StrategyGradientCheck
{
    /// <summary>Relative error that passes by default.</summary>
    public const double DefaultTolerance = 1e-7;

    /// <summary>The newest bars of the train window that are enough to exercise every path.</summary>
    public const int MaxSteps = 250;

    private const double HeadScale = 0.5;

    /// <summary>Checks a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="threads">Threads for features.</param>
    /// <param name="valuesPerGroup">Weights checked a group, chosen by the seed.</param>
    /// <param name="tolerance">Largest relative error that passes.</param>
    public static GradientCheckReport Run(Strategy strategy, int threads, int valuesPerGroup = 40, double tolerance = DefaultTolerance) =>
        Run(Preparation.Of(strategy, threads), valuesPerGroup, tolerance);

    // A rule is checked while it is soft: hard steps have no slope.
    private static void FitRules(StrategyGraph graph, Plan<double> plan, Strategy strategy, TrainingWindow window)
    {
        foreach (var rule in graph.Rules)
        {
            rule.Bind(plan, [], strategy.Model.Rule!.TemperatureStart / 2);
            rule.FitScales(plan, window.OwnBars());
        }
    }

    // The differential Sharpe ratio is by definition not differentiated through its moving averages: they stand still while the weights are moved.
    private static void HoldAverages(StrategyGraph graph, Plan<double> plan, double periodsPerYear)
    {
        if (graph.Graph.Nodes.FirstOrDefault(node => string.Equals(node.Name, LossBuilder.HeldAverages, StringComparison.Ordinal)) is not { } held) return;
        plan.Forward();
        new DifferentialSharpeObjective(periodsPerYear).Averages(plan.Value(graph.Books), (int)plan.Value(graph.Lead)[0], plan.Value(held));
    }

    internal static GradientCheckReport Run(Preparation market, int valuesPerGroup, double tolerance)
    {
        var fold = market.Folds[0];
        var range = fold.Train with { Start = Math.Max(fold.Train.Start, fold.Train.End - MaxSteps) };
        var window = TrainingWindow.Cut(market.View.Until(fold.TrainHorizon), range, market.Strategy.Model.Memory());
        var graph = StrategyGraph.Compile(market.Strategy, 1, market.PeriodsPerYear);
        var plan = new Plan<double>(graph.Graph, window.Size, graph.Loss, graph.Books) { Training = true, StepSeed = 1 };
        window.Bind(graph, plan);
        var (mean, deviation) = window.FeatureScaling();
        graph.BindScaling(plan, mean, deviation);
        graph.BindCosts(plan, market.Costs, UnitTrainer.SmoothingEpsilon);
        var seed = (ulong)market.Strategy.Seed;
        plan.InitializeParameters(seed);
        var random = RandomStream.For(seed, "gradient check");
        foreach (var node in graph.Graph.Parameters.Where(node => node.Initializer == Initializer.Zero))
            foreach (ref var value in plan.Value(node)) value = HeadScale * random.NextNormal();
        FitRules(graph, plan, market.Strategy, window);
        HoldAverages(graph, plan, market.PeriodsPerYear);
        return new GradientCheckReport(market.Strategy.Name, window.Steps, window.Assets.Length, tolerance, GradientCheck.Run(plan, graph.Loss, valuesPerGroup, seed));
    }
}

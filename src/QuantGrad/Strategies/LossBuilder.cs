using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Objectives;

namespace QuantGrad.Strategies;

/// <summary>Appends what training minimises to a graph that has its books: the weighted sum of the losses and the penalties.</summary>
internal static class LossBuilder
{
    /// <summary>The name of the averages that <see cref="DifferentialSharpeObjective"/> may be made to hold, an input <c>[T, 2]</c>.</summary>
    public const string HeldAverages = "held_averages";

    /// <summary>Appends the objective.</summary>
    /// <param name="graph">A graph up to its books.</param>
    /// <param name="objective">Losses and penalties.</param>
    /// <param name="lowestSignal">The least signal of the model: −1, or 0 where it is long only.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <returns>The scalar to be minimised.</returns>
    public static Node Append(StrategyGraph graph, ObjectiveSettings objective, double lowestSignal, double periodsPerYear)
    {
        var terms = objective.Loss.Select(term => Weighted(graph.Graph, Term(graph, Name(objective, term), term.Loss, lowestSignal, periodsPerYear), term.Weight)).ToList();
        if (objective.TurnoverPenalty > 0)
            terms.Add(graph.Graph.Add("penalty", new TurnoverPenalty(objective.TurnoverPenalty, periodsPerYear), graph.Books, graph.Lead));
        if (objective.LeveragePenalty > 0)
            terms.Add(graph.Graph.Add("leverage_penalty", new LeveragePenalty(objective.LeveragePenalty), graph.Targets, graph.Decided, graph.Costs, graph.Lead));
        return terms.Count == 1 ? terms[0] : graph.Graph.Add("objective", new Add(), [.. terms]);
    }

    private static string Name(ObjectiveSettings objective, ObjectiveTerm term) => objective.Loss.Count == 1 ? "loss" : $"loss.{FileNaming.Instance.ConvertName(term.Loss.ToString())}";

    private static Node Weighted(Graph graph, Node loss, double weight) => weight == 1 ? loss : graph.Add($"{loss.Name}.weighted", new Scale(weight), loss);

    private static Node Term(StrategyGraph g, string name, Loss loss, double lowestSignal, double periodsPerYear) => loss switch
    {
        Loss.Sharpe => g.Graph.Add(name, new SharpeObjective(periodsPerYear), g.Books, g.Lead),
        Loss.PooledSharpe => g.Graph.Add(name, new PooledSharpeObjective(periodsPerYear), g.Targets, g.Sizes, g.Decided, g.Gap, g.Hold, g.Initial, g.Costs, g.Lead),
        Loss.DifferentialSharpe => g.Graph.Add(name, new DifferentialSharpeObjective(periodsPerYear), g.Books, g.Lead, g.Graph.Input(HeldAverages, Shape.PerStep(2))),
        Loss.Mse => g.Graph.Add(name, new ForecastObjective<SquaredError>(default), g.Position, g.Sizes, g.Decided, g.Hold, g.Lead),
        Loss.CrossEntropy => g.Graph.Add(name, new ForecastObjective<CrossEntropy>(new CrossEntropy(lowestSignal)), g.Position, g.Sizes, g.Decided, g.Hold, g.Lead),
        Loss.Sortino => g.Graph.Add(name, new SortinoObjective(periodsPerYear), g.Books, g.Lead),
        Loss.Calmar => g.Graph.Add(name, new CalmarObjective(periodsPerYear), g.Books, g.Lead),
        Loss.Omega => g.Graph.Add(name, new OmegaObjective(), g.Books, g.Lead),
        Loss.LogUtility => g.Graph.Add(name, new LogUtilityObjective(periodsPerYear), g.Books, g.Lead),
        Loss.MeanVariance => g.Graph.Add(name, new MeanVarianceObjective(periodsPerYear), g.Books, g.Lead),
        Loss.Cvar => g.Graph.Add(name, new CvarObjective(periodsPerYear), g.Books, g.Lead),
        Loss.WindowedSharpe => g.Graph.Add(name, new WindowedSharpeObjective(periodsPerYear), g.Books, g.Lead),
        _ => throw new UsageException($"objective.loss: {loss} has no graph form."),
    };
}

using QuantGrad.Autodiff;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Diagnosing;

/// <summary>What a diagnosis stands on: a fold's train rows, and the first weights of the fold's first seed, from which every descent of it starts.</summary>
internal sealed class DiagnosisGround
{
    private readonly TrainingWindow window;
    private readonly double periodsPerYear;
    private readonly ulong unitSeed;

    /// <summary>Prepares the ground.</summary>
    /// <param name="market">The market.</param>
    /// <param name="fold">The fold; its test window is not touched.</param>
    /// <exception cref="PriceDataException">The train window holds nothing to decide.</exception>
    public DiagnosisGround(Preparation market, Fold fold)
    {
        (Market, Fold, periodsPerYear) = (market, fold, market.PeriodsPerYear);
        Strategy = market.Strategy with { Training = market.Strategy.Training with { Batch = null } };
        window = TrainingWindow.Cut(market.View.Until(fold.TrainHorizon), fold.Train, Strategy.Model.TrainingMemory());
        if (window.Steps - window.Lead < 2) throw new PriceDataException($"Fold {fold.Index}: no bar of its train window has every feature defined.");
        Scaling = window.FeatureScaling();
        unitSeed = RandomStream.At(RandomStream.At((ulong)Strategy.Seed, (ulong)fold.Index), 0);
    }

    /// <summary>The market.</summary>
    public Preparation Market { get; }

    /// <summary>The fold.</summary>
    public Fold Fold { get; }

    /// <summary>The strategy, on the whole window: blocks would give the same figures.</summary>
    public Strategy Strategy { get; }

    /// <summary>Mean and deviation of each feature.</summary>
    public (double[] Mean, double[] Deviation) Scaling { get; }

    /// <summary>The first and one past the last bar of the rows, by the calendar.</summary>
    public (DateTime First, DateTime Last) Dates =>
        (Market.Data.Panel.Dates[window.FirstStep + window.Lead], Market.Data.Panel.Dates[window.FirstStep + window.Steps - 1]);

    /// <summary>T and A of the rows.</summary>
    public PlanSize Size => window.Size;

    /// <summary>The seed of dropout and noise.</summary>
    public ulong Seed => unitSeed;

    /// <summary>The loss in float, as training has it, at the first weights.</summary>
    public WindowLoss<float> Loss()
    {
        var loss = WindowLoss<float>.Of(Strategy, window, Scaling, periodsPerYear);
        loss.Model.InitializeParameters(unitSeed);
        return loss;
    }

    /// <summary>A plan in double that keeps the gradients of nodes of a graph of the strategy, everything bound but the weights.</summary>
    public Plan<double> Keeping(StrategyGraph graph, IReadOnlyList<Node> nodes)
    {
        var plan = new Plan<double>(graph.Graph, window.Size, new PlanOptions { KeepGradientsOf = nodes }, graph.Loss, graph.Books);
        window.Bind(graph, plan);
        graph.BindScaling(plan, Scaling.Mean, Scaling.Deviation);
        graph.BindCosts(plan, Strategy.Costs.ToTradingCosts(periodsPerYear), UnitTrainer.SmoothingEpsilon);
        return plan;
    }

    /// <summary>The strategy's graph.</summary>
    public StrategyGraph Compile() => StrategyGraph.Compile(Strategy, 1, periodsPerYear);

    /// <summary>The loss in double, for what takes differences of gradients.</summary>
    public WindowLoss<double> LossInDouble() => WindowLoss<double>.Of(Strategy, window, Scaling, periodsPerYear);
}

using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>The loss of a window that goes through the strategy's graph in one piece.</summary>
internal sealed class WholeLoss<T> : WindowLoss<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WindowRows rows;
    private bool changed;

    /// <summary>Compiles the loss.</summary>
    public WholeLoss(Strategy strategy, WindowRows rows, double periodsPerYear)
    {
        this.rows = rows;
        Graph = StrategyGraph.Compile(strategy, 1, periodsPerYear);
        Model = new Plan<T>(Graph.Graph, rows.Window.Size, new PlanOptions { Still = Graph.WindowInputs }, Graph.Loss, Graph.Books);
        rows.Window.Bind(Graph, Model);
        rows.BindScaling(Graph, Model);
    }

    /// <inheritdoc/>
    public override StrategyGraph Graph { get; }

    /// <inheritdoc/>
    public override Plan<T> Model { get; }

    /// <inheritdoc/>
    public override Plan<T> Books => Model;

    /// <inheritdoc/>
    public override Span<T> Gradients => Model.ParameterGradients;

    /// <inheritdoc/>
    public override void BindCosts(TradingCosts costs) => Graph.BindCosts(Model, costs, UnitTrainer.SmoothingEpsilon);

    /// <inheritdoc/>
    public override double Evaluate(in Pass pass)
    {
        if (changed || pass.Mirrored || pass.Noise > 0)
        {
            rows.CopyFeatures(0, Model.Value(Graph.Features), pass);
            rows.BindReturns(Graph, Model, pass.Mirrored);
            Model.Refresh();
            changed = pass.Mirrored || pass.Noise > 0;
        }

        Model.Training = pass.Training;
        Model.StepSeed = pass.Seed;
        Model.Forward();
        return double.CreateTruncating(Model.Value(Graph.Loss)[0]);
    }

    /// <inheritdoc/>
    public override double Differentiate(in Pass pass)
    {
        var loss = Evaluate(pass);
        Model.Backward(Graph.Loss);
        return loss;
    }
}

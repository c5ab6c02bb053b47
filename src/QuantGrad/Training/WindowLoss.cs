using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>The loss of one window as a function of the weights: what a descent walks down, and what is measured around it.</summary>
/// <typeparam name="T">float to train, double to measure.</typeparam>
internal abstract class WindowLoss<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The strategy's graph, with the parameters.</summary>
    public abstract StrategyGraph Graph { get; }

    /// <summary>A plan that holds the parameters and computes the position; of a block where the window goes through the model in blocks.</summary>
    public abstract Plan<T> Model { get; }

    /// <summary>A plan that computes the books and the loss; the same as <see cref="Model"/> where the window is whole.</summary>
    public abstract Plan<T> Books { get; }

    /// <summary>The weights, to be read and set.</summary>
    public Span<T> Parameters => Model.Parameters;

    /// <summary>The gradient, after <see cref="Differentiate"/>; free as scratch until then.</summary>
    public abstract Span<T> Gradients { get; }

    /// <summary>The loss.</summary>
    public abstract double Evaluate(in Pass pass);

    /// <summary>The loss, and its gradient in <see cref="Gradients"/>.</summary>
    public abstract double Differentiate(in Pass pass);

    /// <summary>Sets the costs that the loss charges.</summary>
    public abstract void BindCosts(TradingCosts costs);

    /// <summary>Compiles the loss of a window, whole or in blocks as the strategy says.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="window">The rows.</param>
    /// <param name="scaling">Mean and deviation of each feature.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <exception cref="UsageException">Blocks are asked for, and the model looks beyond a bar.</exception>
    public static WindowLoss<T> Of(Strategy strategy, TrainingWindow window, (double[] Mean, double[] Deviation) scaling, double periodsPerYear)
    {
        var rows = new WindowRows(window, scaling.Mean, scaling.Deviation, scaling.Mean.Length - (strategy.Model.Embeddings().Any() ? 1 : 0));
        WindowLoss<T> loss = strategy.Training.Batch is { } bars && bars < window.Steps
            ? new BlockedLoss<T>(strategy, rows, bars, periodsPerYear)
            : new WholeLoss<T>(strategy, rows, periodsPerYear);
        loss.BindCosts(strategy.Costs.ToTradingCosts(periodsPerYear));
        return loss;
    }
}

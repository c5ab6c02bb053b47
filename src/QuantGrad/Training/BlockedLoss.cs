using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>
/// The loss of a window that goes through the model in contiguous blocks of bars, with the gradient of the whole window: a first pass takes every block to its
/// positions, then books and objective see the whole window once and give dL/dposition; a second pass takes every block through the model again and backwards from
/// there. What is kept of the whole window is a few numbers a row; the model's values and gradients are those of a block.
/// </summary>
internal sealed class BlockedLoss<T> : WindowLoss<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly WindowRows rows;
    private readonly StrategyGraph books;
    private readonly Node slopes;
    private readonly Node weighted;
    private readonly Plan<T> last;
    private readonly int bars;
    private readonly T[] sums;

    /// <summary>Compiles the loss.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="rows">The window.</param>
    /// <param name="bars">Bars a block, fewer than the window has.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public BlockedLoss(Strategy strategy, WindowRows rows, int bars, double periodsPerYear)
    {
        (this.rows, this.bars) = (rows, bars);
        Graph = StrategyGraph.Compile(strategy, 1, periodsPerYear);
        slopes = Graph.Graph.Input("position_slopes", Graph.Position.Shape);
        weighted = Graph.Graph.Add("weighted_positions", new DotProduct(), Graph.Position, slopes);
        var (size, rest) = (rows.Window.Size, rows.Window.Size.Steps % bars);
        Model = BlockPlan(size with { Steps = bars });
        RefuseBeyondBar(Graph, Model);
        last = rest == 0 ? Model : BlockPlan(size with { Steps = rest });
        books = StrategyGraph.CompileBooks(strategy, periodsPerYear);
        Books = new Plan<T>(books.Graph, size, new PlanOptions { KeepGradientsOf = [books.Position] }, books.Loss, books.Books);
        rows.Window.BindBooks(books, Books);
        sums = new T[Model.Parameters.Length];
    }

    /// <inheritdoc/>
    public override StrategyGraph Graph { get; }

    /// <inheritdoc/>
    public override Plan<T> Model { get; }

    /// <inheritdoc/>
    public override Plan<T> Books { get; }

    /// <inheritdoc/>
    public override Span<T> Gradients => sums;

    /// <inheritdoc/>
    public override void BindCosts(TradingCosts costs) => books.BindCosts(Books, costs, UnitTrainer.SmoothingEpsilon);

    /// <inheritdoc/>
    public override double Evaluate(in Pass pass)
    {
        if (!ReferenceEquals(last, Model)) Parameters.CopyTo(last.Parameters);
        rows.BindReturns(books, Books, pass.Mirrored);
        var positions = Books.Value(books.Position);
        for (var step = 0; step < Books.Size.Steps; step += bars)
        {
            var (plan, cell) = Forward(step, pass);
            var block = plan.Value(Graph.Position);
            block.CopyTo(positions[cell..]);
        }

        Books.Forward();
        return double.CreateTruncating(Books.Value(books.Loss)[0]);
    }

    /// <inheritdoc/>
    public override double Differentiate(in Pass pass)
    {
        var loss = Evaluate(pass);
        Books.Backward(books.Loss);
        Array.Clear(sums);
        for (var step = 0; step < Books.Size.Steps; step += bars)
        {
            var (plan, cell) = Forward(step, pass);
            Books.Gradient(books.Position).Slice(cell, plan.Size.Rows).CopyTo(plan.Value(slopes));
            plan.Backward(weighted);
            var gradient = plan.ParameterGradients;
            for (var i = 0; i < sums.Length; i++) sums[i] += gradient[i];
        }

        return loss;
    }

    private (Plan<T> Plan, int FirstCell) Forward(int step, in Pass pass)
    {
        var plan = Books.Size.Steps - step < bars ? last : Model;
        var cell = step * Books.Size.Assets;
        rows.CopyFeatures(cell, plan.Value(Graph.Features), pass);
        Graph.BindAlive(plan, rows.Window.Decisions.AsSpan(cell, plan.Size.Rows));
        plan.Training = pass.Training;
        plan.StepSeed = pass.Seed;
        plan.RowsBefore = cell;
        plan.Forward();
        return (plan, cell);
    }

    private Plan<T> BlockPlan(PlanSize size)
    {
        var plan = new Plan<T>(Graph.Graph, size, weighted);
        rows.BindScaling(Graph, plan);
        return plan;
    }

    private static void RefuseBeyondBar(StrategyGraph graph, Plan<T> plan)
    {
        var beyond = graph.Graph.Nodes.Where(node => plan.IsNeeded(node) && node.Op is { } op and not DotProduct && (op.LooksAlongTime || op is BatchNorm));
        if (beyond.OrderBy(node => node.Op is ToOwnBars or ToCalendar).FirstOrDefault() is { } node)
        {
            throw new UsageException($"training.batch: the model has {node.Op!.Name} ({node.Name}), which looks beyond a bar, and a block would cut it off; "
                + "train on the whole window (batch: whole).");
        }
    }

    /// <summary>Σ x·f of two nodes of one shape, with the gradient f for x: seeds a backward pass with f.</summary>
    private sealed class DotProduct : Op
    {
        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

        public override void Forward<TValue>(in OpFrame<TValue> frame)
        {
            var sum = TValue.Zero;
            for (var i = 0; i < frame.Input(0).Length; i++) sum += frame.Input(0)[i] * frame.Input(1)[i];
            frame.Output[0] = sum;
        }

        public override void Backward<TValue>(in OpFrame<TValue> frame)
        {
            var gradient = frame.InputGradient(0);
            var factor = frame.Input(1);
            for (var i = 0; i < gradient.Length; i++) gradient[i] += frame.OutputGradient[0] * factor[i];
        }
    }
}

using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>
/// The rows of one window, cut from a view and made dense: symbols that take part nowhere in it are left out (so that a symbol that is listed later cannot
/// change what is learnt before), as are the steps before the first decision and those whose outcome the view does not hold. For a model that looks along time
/// a lead-in stands before the first decision: rows of the past with features, in which nothing is sized, traded or earned.
/// </summary>
internal sealed class TrainingWindow
{
    private TrainingWindow(OwnBarRows rows, int steps, int[] assets, MarketView view)
    {
        FirstStep = rows.FirstStep;
        Lead = rows.Lead;
        Bars = rows.Bars;
        Steps = steps;
        Assets = assets;
        var cells = steps * assets.Length;
        Features = new double[cells * view.FeatureCount];
        Sizes = new double[cells];
        Decided = new double[cells];
        Decisions = new Decision[cells];
        Gap = new double[cells];
        Hold = new double[cells];
    }

    /// <summary>The first step's index in the calendar.</summary>
    public int FirstStep { get; }

    /// <summary>T of the window with its lead-in; 0 where it holds nothing to decide.</summary>
    public int Steps { get; }

    /// <summary>Steps of the lead-in, before the first decision; 0 for a model of one row.</summary>
    public int Lead { get; }

    /// <summary>The place of each cell among its symbol's own rows, −1 where it has none, <c>[T, A]</c>.</summary>
    public double[] Bars { get; }

    /// <summary>Indices of the symbols that take part.</summary>
    public int[] Assets { get; }

    /// <summary><c>[T, A, F]</c>; 0 where undefined, and such rows are not decided.</summary>
    public double[] Features { get; }

    /// <summary>Weight of a signal of 1, <c>[T, A]</c>.</summary>
    public double[] Sizes { get; }

    /// <summary>What is decided on, <c>[T, A]</c>: nothing in the lead-in.</summary>
    public Decision[] Decisions { get; }

    /// <summary>1 where the signal is traded, <c>[T, A]</c>.</summary>
    public double[] Decided { get; }

    /// <summary>Returns before the fill, <c>[T, A]</c>.</summary>
    public double[] Gap { get; }

    /// <summary>Returns after the fill, <c>[T, A]</c>.</summary>
    public double[] Hold { get; }

    /// <summary>T and A.</summary>
    public PlanSize Size => new(Steps, Assets.Length);

    /// <summary>Cuts a window.</summary>
    /// <param name="view">What is known.</param>
    /// <param name="range">The bars on which decisions are taken.</param>
    /// <param name="memory">Usable rows of each symbol before the first decision that lead into the window, at most.</param>
    public static TrainingWindow Cut(MarketView view, BarRange range, int memory = 0)
    {
        var end = Math.Min(range.End, view.StepsWithOutcome);
        var decisions = view.Decisions.Span;
        var takesPart = new bool[view.Assets];
        var first = end;
        for (var step = end - 1; step >= range.Start; step--)
        {
            for (var asset = 0; asset < view.Assets; asset++)
            {
                if (decisions[step * view.Assets + asset] != Decision.Trade) continue;
                takesPart[asset] = true;
                first = step;
            }
        }

        var assets = Enumerable.Range(0, view.Assets).Where(asset => takesPart[asset]).ToArray();
        var rows = OwnBarRows.Of(view, assets, new BarRange(first, end), memory);
        var window = new TrainingWindow(rows, Math.Max(0, end - rows.FirstStep), assets, view);
        window.Fill(view);
        return window;
    }

    /// <summary>Usable rows of each symbol in the window, <c>[A]</c>.</summary>
    public int[] OwnBars()
    {
        var counts = new int[Assets.Length];
        for (var cell = 0; cell < Bars.Length && cell < Decided.Length; cell++) counts[cell % counts.Length] += Bars[cell] >= 0 ? 1 : 0;
        return counts;
    }

    /// <summary>Mean and standard deviation of each feature over the decided rows, the scaling of the network; a constant feature has deviation 1.</summary>
    public (double[] Mean, double[] Deviation) FeatureScaling()
    {
        var count = Features.Length / Math.Max(1, Decided.Length);
        var mean = new double[count];
        var deviation = new double[count];
        for (var feature = 0; feature < count; feature++)
        {
            double rows = 0, sum = 0, squares = 0;
            for (var cell = 0; cell < Decided.Length; cell++)
            {
                rows += Sizes[cell] > 0 ? 1 : 0;
                sum += Sizes[cell] > 0 ? Features[cell * count + feature] : 0;
            }

            mean[feature] = rows > 0 ? sum / rows : 0;
            for (var cell = 0; cell < Decided.Length; cell++)
            {
                var difference = Sizes[cell] > 0 ? Features[cell * count + feature] - mean[feature] : 0;
                squares += difference * difference;
            }

            var variance = rows > 0 ? squares / rows : 0;
            deviation[feature] = variance > 1e-24 * (1 + mean[feature] * mean[feature]) ? Math.Sqrt(variance) : 1;
        }

        return (mean, deviation);
    }

    /// <summary>Gives a plan of the strategy's graph the window's rows.</summary>
    public void Bind<T>(StrategyGraph graph, Plan<T> plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Copy(Features, plan.Value(graph.Features));
        BindBooks(graph, plan);
        graph.BindBars(plan, Bars);
        graph.BindAlive(plan, Decisions);
    }

    /// <summary>Gives a plan of <see cref="StrategyGraph.CompileBooks"/> what the books need.</summary>
    public void BindBooks<T>(StrategyGraph graph, Plan<T> plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Copy(Sizes, plan.Value(graph.Sizes));
        Copy(Decided, plan.Value(graph.Decided));
        Copy(Gap, plan.Value(graph.Gap));
        Copy(Hold, plan.Value(graph.Hold));
        plan.Value(graph.Initial).Clear();
        plan.Value(graph.Lead)[0] = T.CreateTruncating(Lead);
    }

    private static void Copy<T>(double[] from, Span<T> to) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < from.Length; i++) to[i] = T.CreateTruncating(from[i]);
    }

    private void Fill(MarketView view)
    {
        for (var step = 0; step < Steps; step++)
        {
            for (var column = 0; column < Assets.Length; column++)
            {
                var source = (FirstStep + step) * view.Assets + Assets[column];
                var cell = step * Assets.Length + column;
                var decision = view.Decisions.Span[source];
                if (Bars[cell] >= 0) view.Features.Span.Slice(source * view.FeatureCount, view.FeatureCount).CopyTo(Features.AsSpan(cell * view.FeatureCount));
                if (step < Lead) continue;
                Decisions[cell] = decision;
                Gap[cell] = view.Gap.Span[source];
                Hold[cell] = view.Hold.Span[source];
                Decided[cell] = decision.IsTraded(view.Executable.Span[source]) ? 1 : 0;
                if (decision == Decision.Trade) Sizes[cell] = view.Sizes.Span[source];
            }
        }
    }
}

using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Rules;

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
        Position = Output = Targets = Books = Lead = Loss = Features;
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

    /// <summary>
    /// Input, the place of each cell among its symbol's own rows of the window (0, 1, 2 …), −1 where it has none, <c>[T·A, 1]</c>; null in a model of one row.
    /// </summary>
    public Node? Bars { get; private set; }

    /// <summary>Constant, mean of each feature over the train rows, <c>[1, F]</c>.</summary>
    public Node Mean { get; }

    /// <summary>Constant, standard deviation of each feature over the train rows, <c>[1, F]</c>.</summary>
    public Node Deviation { get; }

    /// <summary>Input, 1 where a decision is taken, <c>[T·A, 1]</c>; null where the assets of a date do not depend on one another.</summary>
    public Node? Alive { get; private set; }

    /// <summary>Input, 1 where the symbol has a usable row, <c>[T·A, 1]</c>; null without batch normalisation.</summary>
    public Node? Usable { get; private set; }

    /// <summary>What a window gives the model once, before the first pass.</summary>
    public IReadOnlyList<Node> WindowInputs => [.. new[] { Features, Mean, Deviation, Bars, Usable }.OfType<Node>()];

    /// <summary>What is exported, <c>[T·A, 1]</c>: the signal, or the score where a head shares the portfolio out over the assets of a date.</summary>
    public Node Output { get; private set; }

    /// <summary>The signal in [−1, 1], <c>[T·A, 1]</c>.</summary>
    public Node Position { get; private set; }

    /// <summary>The rules of the members; empty for networks.</summary>
    public IReadOnlyList<RuleBody> Rules { get; private set; } = [];

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
        var compiled = new StrategyGraph(new Graph(), strategy.Inputs().Count);
        var graph = compiled.Graph;
        if (strategy.Model.LooksAlongTime())
        {
            // Each symbol's own bars, one after another, through the model and back onto the calendar.
            compiled.Bars = graph.Input("bars", Shape.PerRow(1));
            var rows = graph.Add("own_bars", new ToOwnBars(), compiled.Features, compiled.Bars);
            compiled.Output = graph.Add("calendar", new ToCalendar(), compiled.AppendModel(strategy, rows, members), compiled.Bars);
        }
        else compiled.Output = compiled.AppendModel(strategy, compiled.Features, members);

        compiled.Position = compiled.Output;
        if (strategy.Position.Portfolio.LooksAcross())
        {
            compiled.Alive = graph.Input("alive", Shape.PerRow(1));
            compiled.Position = PortfolioHead.Append(graph, strategy.Position.Portfolio, compiled.Output, compiled.Alive);
        }

        return compiled.AppendBooks(strategy, periodsPerYear);
    }

    /// <summary>Compiles what follows the model alone: the position, here an input, to the loss. Blocks of rows go through the model, the whole window through this.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="periodsPerYear">Bars a year.</param>
    public static StrategyGraph CompileBooks(Strategy strategy, double periodsPerYear)
    {
        var compiled = new StrategyGraph(new Graph(), strategy.Inputs().Count);
        compiled.Position = compiled.Graph.Input("position", Shape.PerRow(1));
        return compiled.AppendBooks(strategy, periodsPerYear);
    }

    private StrategyGraph AppendBooks(Strategy strategy, double periodsPerYear)
    {
        Targets = Graph.Add("targets", new Multiply(), Position, Sizes);
        Books = Graph.Add("books", new AccountingOp(), Targets, Decided, Gap, Hold, Initial, Costs);
        Lead = Graph.Input("lead", Shape.Scalar);
        Loss = LossBuilder.Append(this, strategy.Objective, strategy.Model.Network?.Output == OutputSquash.Sigmoid ? 0 : -1, periodsPerYear);
        return this;
    }

    /// <summary>The model itself: from rows of features to the signal of each row, all members averaged.</summary>
    private Node AppendModel(Strategy strategy, Node rows, int members)
    {
        var formula = strategy.Model.Rule is null ? null : strategy.RuleFormula();
        var temperature = formula is null ? null : Graph.Constant("temperature", Shape.Scalar);
        var scaled = strategy.Model.Network is { } network ? AppendScaling(strategy, network, rows) : null;
        var symbol = strategy.Model.Embeddings().Any() ? Graph.Add("symbol", new Columns(rows.Shape.Width - 1), rows) : null;
        var builder = strategy.Model.Network is { } layers ? new NetworkBuilder(Graph, layers, AppendUsable(layers), symbol) : null;
        var squash = strategy.Position.Portfolio.LooksAcross() && formula is null ? Activation.Identity
            : strategy.Model.Network?.Output == OutputSquash.Sigmoid ? Activation.Sigmoid : Activation.Tanh;
        var (outputs, rules) = (new Node[members], new List<RuleBody>());
        for (var member = 0; member < members; member++)
        {
            var signal = builder?.Append($"member{member}", scaled!, squash);
            if (formula is not null) rules.Add(RuleCompiler.Append(Graph, $"rule{member}", formula, rows, signal, temperature!));
            outputs[member] = formula is null ? signal! : rules[member].Position;
        }

        Rules = rules;
        return outputs.Length == 1 ? outputs[0] : Graph.Add("ensemble", new Mean(), outputs);
    }

    /// <summary>The rows that are there, in the order in which the model sees them; only batch normalisation, which looks at all of them, must know.</summary>
    private Node? AppendUsable(NetworkSettings network)
    {
        if (!network.Layers.Any(layer => layer is BatchNormLayer)) return null;
        Usable = Graph.Input("usable", Shape.PerRow(1));
        return Bars is null ? Usable : Graph.Add("usable.own_bars", new ToOwnBars(), Usable, Bars);
    }

    /// <summary>The features scaled as the train rows were; the strategy's own features, without a rule's inputs and the symbol.</summary>
    private Node AppendScaling(Strategy strategy, NetworkSettings network, Node rows)
    {
        var scaled = Graph.Add("scaling", new Standardize(), rows, Mean, Deviation);
        if (rows.Shape.Width > strategy.Features.Count) scaled = Graph.Add("network.features", new Columns(0, strategy.Features.Count), scaled);
        return network.Scaling.Clip is { } clip ? Graph.Add("scaling.clip", new Clip(clip), scaled) : scaled;
    }

    /// <summary>Sets what the members' rules need beside their parameters: the sizes of what they compare, by member, and the temperature.</summary>
    public void BindRules<T>(Plan<T> plan, IEnumerable<double[]> scales, double temperature) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var (rule, fitted) in Rules.Zip(scales)) rule.Bind(plan, fitted, temperature);
    }

    /// <summary>Sets the scaling of a plan.</summary>
    public void BindScaling<T>(Plan<T> plan, double[] mean, double[] deviation) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A rule by itself takes its inputs as they are.
        if (!plan.IsNeeded(Mean)) return;
        for (var feature = 0; feature < mean.Length; feature++)
        {
            plan.Value(Mean)[feature] = T.CreateTruncating(mean[feature]);
            plan.Value(Deviation)[feature] = T.CreateTruncating(deviation[feature]);
        }
    }

    /// <summary>Sets where each cell of a plan lies among its symbol's own rows, and so which are there; the last steps of a window may be left out.</summary>
    public void BindBars<T>(Plan<T> plan, ReadOnlySpan<double> bars) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Bars is not null && plan.IsNeeded(Bars))
            for (var cell = 0; cell < plan.Size.Rows; cell++) plan.Value(Bars)[cell] = T.CreateTruncating(bars[cell]);
        if (Usable is not null && plan.IsNeeded(Usable))
            for (var cell = 0; cell < plan.Size.Rows; cell++) plan.Value(Usable)[cell] = bars[cell] >= 0 ? T.One : T.Zero;
    }

    /// <summary>Sets where decisions are taken, by the steps of a plan.</summary>
    public void BindAlive<T>(Plan<T> plan, ReadOnlySpan<Decision> decisions, int first = 0) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Alive is null || !plan.IsNeeded(Alive)) return;
        var values = plan.Value(Alive);
        for (var cell = 0; cell < values.Length; cell++) values[cell] = cell >= first && decisions[cell - first] == Decision.Trade ? T.One : T.Zero;
    }

    /// <summary>Sets the costs of a plan.</summary>
    public void BindCosts<T>(Plan<T> plan, TradingCosts costs, double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        plan.Value(Costs)[0] = T.CreateTruncating(costs.CostFraction);
        plan.Value(Costs)[1] = T.CreateTruncating(costs.BorrowPerBar);
        plan.Value(Costs)[2] = T.CreateTruncating(epsilon);
    }
}

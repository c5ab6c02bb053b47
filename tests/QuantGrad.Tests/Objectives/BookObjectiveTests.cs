using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Metrics.Differentiable;
using QuantGrad.Objectives;

namespace QuantGrad.Tests.Objectives;

/// <summary>Objectives that see more than the books' net returns: weights, signals, or moving averages that are held.</summary>
public class BookObjectiveTests
{
    private const int Steps = 24, Assets = 3, Warm = 5;

    public static TheoryData<string> Names => ["pooled", "leverage", "mse", "cross-entropy"];

    [Theory, MemberData(nameof(Names))]
    public void Backward_EqualsCentralDifferences(string name)
    {
        var (plan, loss) = Compile(name, lead: 0);
        foreach (var group in GradientCheck.Run(plan, loss)) Assert.True(group.MaxError < 1e-7, group.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void Lead_FirstRows_AreNotCounted(string name)
    {
        var (plan, loss) = Compile(name, Warm);
        foreach (var group in GradientCheck.Run(plan, loss)) Assert.True(group.MaxError < 1e-7, group.ToString());
        plan.Backward(loss);
        var leading = plan.ParameterGradients[..(Warm * Assets)].ToArray();

        // The first counted trade starts from the weights before it, which may be some bars old.
        if (string.Equals(name, "pooled", StringComparison.Ordinal)) leading = leading[..(2 * Assets)];
        Assert.All(leading, g => Assert.Equal(0, g));
        plan.Value(plan.Graph.Nodes.Single(node => string.Equals(node.Name, "hold", StringComparison.Ordinal)))[..((Warm - 1) * Assets)].Fill(9);
        var before = plan.Value(loss)[0];
        plan.Forward();
        Assert.Equal(before, plan.Value(loss)[0]);
    }

    [Fact]
    public void PooledSharpe_NoCosts_IsTheSharpeOfAllCells()
    {
        var (plan, loss) = Compile("pooled", lead: 0, costs: 0);
        plan.Forward();
        double Value(string name, int cell) => plan.Value(plan.Graph.Nodes.Single(node => string.Equals(node.Name, name, StringComparison.Ordinal)))[cell];
        var (pool, held) = (new List<double>(), new double[Assets]);
        for (var cell = 0; cell < Steps * Assets; cell++)
        {
            var before = held[cell % Assets];
            if (Value("decided", cell) != 0) held[cell % Assets] = plan.Parameters[cell];
            if (Value("sizes", cell) > 0 || Value("decided", cell) != 0) pool.Add(held[cell % Assets] * Value("hold", cell) + before * Value("gap", cell));
        }

        Assert.InRange(pool.Count, Steps * Assets / 2, Steps * Assets - 1);
        Assert.Equal(SharpeLoss.Of([.. pool], 252).Value, plan.Value(loss)[0], 1e-12);
    }

    [Fact]
    public void Mse_TwoCells_IsTheMeanSquareToTheScaledReturn()
    {
        var error = default(SquaredError);
        Assert.Equal((0.25, -1), error.Of(0.5, 1));
        var (up, down) = (new CrossEntropy(-1).Of(0.5, 2), new CrossEntropy(0).Of(0.25, -0.1));
        Assert.Equal(-Math.Log(0.75), up.Value, 1e-5);
        Assert.Equal(-1 / 1.5, up.Slope, 1e-5);
        Assert.Equal(-Math.Log(0.75), down.Value, 1e-5);
        Assert.Equal((0, 0), new CrossEntropy(-1).Of(0.5, 0));
        Assert.True(double.IsFinite(new CrossEntropy(-1).Of(1, -1).Value) && double.IsFinite(new CrossEntropy(-1).Of(-1, 1).Slope));
    }

    [Fact]
    public void DifferentialSharpe_FourReturns_IsTheMeanOfTheGoldenNumbers()
    {
        var objective = new DifferentialSharpeObjective(1, 0.1, 0.001, 0.0004, epsilon: 0);
        var (plan, loss, _, _) = Books(objective, [0.01, -0.02, 0.03, 0.0]);
        plan.Forward();
        plan.Backward(loss);
        Assert.Equal(-(0.470513321731 - 1.15945860645 + 1.57949846915 - 0.0681699456886) / 4, plan.Value(loss)[0], 1e-11);
        double[] slopes = [48.93338546, 58.1761189732, 53.0036538188, 49.7772513243];
        for (var t = 0; t < 4; t++) Assert.Equal(-slopes[t] / 4, plan.ParameterGradients[t * PortfolioAccounting.Columns], 1e-8);
    }

    [Theory, InlineData(0), InlineData(7)]
    public void DifferentialSharpe_AveragesHeld_EqualsCentralDifferences(int lead)
    {
        var random = new Autodiff.RandomStream(4);
        var objective = new DifferentialSharpeObjective(252);
        var (plan, loss, leadNode, held) = Books(objective, [.. Enumerable.Range(0, 60).Select(_ => 0.001 + 0.02 * random.NextNormal())]);
        plan.Value(leadNode)[0] = lead;
        plan.Forward();
        plan.Backward(loss);
        var (moving, value) = (plan.ParameterGradients.ToArray(), plan.Value(loss)[0]);
        objective.Averages(plan.Parameters, lead, plan.Value(held));
        foreach (var group in GradientCheck.Run(plan, loss)) Assert.True(group.MaxError < 1e-7, group.ToString());
        plan.Backward(loss);
        Assert.Equal(value, plan.Value(loss)[0], 1e-12);
        for (var i = 0; i < moving.Length; i++) Assert.Equal(moving[i], plan.ParameterGradients[i], 1e-12);
        Assert.All(moving[..(lead * PortfolioAccounting.Columns)], g => Assert.Equal(0, g));
    }

    [Fact]
    public void DifferentialSharpe_FlatStrategy_IsFiniteAndSoIsItsGradient()
    {
        var (plan, loss, _, _) = Books(new DifferentialSharpeObjective(252), new double[20_000]);
        plan.Forward();
        plan.Backward(loss);
        Assert.Equal(0, plan.Value(loss)[0]);
        Assert.All(plan.ParameterGradients.ToArray(), g => Assert.True(Math.Abs(g) < 100));
    }

    private static (Plan<double> Plan, Node Loss, Node Lead, Node Held) Books(Op objective, double[] returns)
    {
        var graph = new Graph();
        var lead = graph.Input("lead", Shape.Scalar);
        var held = graph.Input("held", Shape.PerStep(2));
        var loss = graph.Add("loss", objective, graph.Parameter("books", Shape.PerStep(PortfolioAccounting.Columns), Initializer.Zero), lead, held);
        var plan = new Plan<double>(graph, new PlanSize(returns.Length, 1), loss);
        for (var t = 0; t < returns.Length; t++) plan.Parameters[t * PortfolioAccounting.Columns + PortfolioAccounting.Net] = returns[t];
        return (plan, loss, lead, held);
    }

    private static (Plan<double> Plan, Node Loss) Compile(string name, int lead, double costs = 1)
    {
        var graph = new Graph();
        var signal = graph.Parameter("signal", Shape.Fixed(Steps * Assets, 1), Initializer.Zero);
        var rows = graph.Add("rows", new AsRows(), signal, graph.Input("like", Shape.PerRow(1)));
        Node Input(string input) => graph.Input(input, Shape.PerRow(1));
        var (sizes, decided, gap, hold) = (Input("sizes"), Input("decided"), Input("gap"), Input("hold"));
        var (initial, prices, leadNode) = (graph.Input("initial", Shape.PerAsset(1)), graph.Input("costs", Shape.Fixed(1, 3)), graph.Input("lead", Shape.Scalar));
        var loss = name switch
        {
            "pooled" => graph.Add("loss", new PooledSharpeObjective(252), rows, sizes, decided, gap, hold, initial, prices, leadNode),
            "leverage" => graph.Add("loss", new LeveragePenalty(0.3), rows, decided, prices, leadNode),
            "mse" => graph.Add("loss", new ForecastObjective<SquaredError>(default), rows, sizes, decided, hold, leadNode),
            _ => graph.Add("loss", new ForecastObjective<CrossEntropy>(new CrossEntropy(-1)), rows, sizes, decided, hold, leadNode),
        };
        var plan = new Plan<double>(graph, new PlanSize(Steps, Assets), graph.Nodes.Where(node => node.Kind == NodeKind.Input).Append(loss).ToArray());
        var random = new Autodiff.RandomStream(6);
        foreach (ref var value in plan.Parameters) value = Math.Tanh(random.NextNormal());
        foreach (ref var value in plan.Value(gap)) value = 0.005 * random.NextNormal();
        foreach (ref var value in plan.Value(hold)) value = 0.01 * random.NextNormal();
        foreach (ref var value in plan.Value(sizes)) value = random.NextUniform() < 0.15 ? 0 : 0.4;
        foreach (ref var value in plan.Value(decided)) value = random.NextUniform() < 0.25 ? 0 : 1;
        new[] { 2e-3 * costs, 1e-4 * costs, 1e-2 }.CopyTo(plan.Value(prices));
        plan.Value(leadNode)[0] = lead;
        return (plan, loss);
    }

    private sealed class AsRows : Op
    {
        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs[1];

        public override void Forward<T>(in OpFrame<T> frame) => frame.Input(0).CopyTo(frame.Output);

        public override void Backward<T>(in OpFrame<T> frame)
        {
            for (var i = 0; i < frame.OutputGradient.Length; i++) frame.InputGradient(0)[i] += frame.OutputGradient[i];
        }
    }
}

using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests;

/// <summary>Networks with kinks are checked as sharply as smooth ones: a right gradient passes, a wrong one is caught.</summary>
public class KinkedGradientTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Activation.Relu, 1)]
    [InlineData(Activation.Relu, 2)]
    [InlineData(Activation.LeakyRelu, 3)]
    [InlineData(Activation.LeakyRelu, 4)]
    public void Run_ManyRowsThroughKinks_HoldsToOneInTenMillion(Activation activation, int seed)
    {
        var (plan, loss) = Compile(new Activate(activation), seed);
        foreach (var group in GradientCheck.Run(plan, loss, 60))
        {
            output.WriteLine($"{group}");
            Assert.True(group.MaxError < 1e-7, group.ToString());
        }
    }

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-5)]
    public void Run_SlopeThatIsWrongByALittle_IsCaughtInEveryGroupBefore(double wrong)
    {
        var (plan, loss) = Compile(new WrongRelu(wrong), seed: 1);
        var groups = GradientCheck.Run(plan, loss, 60);
        Assert.All(groups.Take(2), group => Assert.True(group.MaxError > 0.3 * wrong, group.ToString()));
        Assert.All(groups.Skip(4), group => Assert.True(group.MaxError < 1e-7, group.ToString()));
    }

    [Fact]
    public void Run_OneGradientOfManyIsWrong_IsCaught()
    {
        var (plan, loss) = Compile(new OneWrong(), seed: 2);
        Assert.Contains(GradientCheck.Run(plan, loss), group => group.MaxError > 1e-4);
    }

    /// <summary>A table by symbol has a row for 256 of them; the few that the market has must be among those checked.</summary>
    [Fact]
    public void Run_WrongSlopeInTheOnlyRowOfATableThatIsUsed_IsCaught()
    {
        var graph = new Graph();
        var looked = graph.Add("looked", new Lookup(), graph.Input("row", Shape.PerRow(1)), graph.Parameter("table", Shape.Fixed(257, 1), Initializer.Zero));
        var loss = graph.Add("loss", new LectureTests.SquaredError(0.3), graph.Add("activation", new WrongRelu(0.01), looked));
        var plan = new Plan<double>(graph, new PlanSize(4, 1), loss);
        plan.Value(graph.Parameters.Single()).Fill(1);
        plan.Value(graph.Nodes.Single(node => node.Kind == NodeKind.Input)).Fill(7);

        Assert.True(Assert.Single(GradientCheck.Run(plan, loss, 10)).MaxError > 1e-3);
    }

    private static (Plan<double> Plan, Node Loss) Compile(Op activation, int seed)
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(5));
        var first = graph.Add("first.activation", activation, graph.Dense("first", x, 12));
        var second = graph.Add("second.activation", new Activate(Activation.Relu), graph.Dense("second", first, 8));
        var loss = graph.Add("loss", new LectureTests.SquaredError(0.3), graph.Dense("head", second, 1));
        var plan = new Plan<double>(graph, new PlanSize(1500, 1), loss);
        plan.InitializeParameters((ulong)seed);
        var random = new RandomStream((ulong)seed);

        // Biases of zero would put every row that silences the first layer exactly onto the second one's kinks.
        foreach (var bias in graph.Parameters.Where(node => node.Initializer == Initializer.Zero))
            foreach (ref var value in plan.Value(bias)) value = 0.2 * random.NextNormal();
        foreach (ref var value in plan.Value(x)) value = random.NextNormal();
        return (plan, loss);
    }

    private sealed class WrongRelu(double wrong) : Op
    {
        public override bool IsRowWise => true;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in OpFrame<T> frame)
        {
            for (var i = 0; i < frame.Output.Length; i++) frame.Output[i] = T.Max(frame.Input(0)[i], T.Zero);
        }

        public override void Backward<T>(in OpFrame<T> frame)
        {
            for (var i = 0; i < frame.OutputGradient.Length; i++)
                if (frame.Input(0)[i] > T.Zero) frame.InputGradient(0)[i] += frame.OutputGradient[i] * T.CreateTruncating(1 + wrong);
        }
    }

    private sealed class OneWrong : Op
    {
        public override bool IsRowWise => true;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in OpFrame<T> frame)
        {
            for (var i = 0; i < frame.Output.Length; i++) frame.Output[i] = T.Max(frame.Input(0)[i], T.Zero);
        }

        public override void Backward<T>(in OpFrame<T> frame)
        {
            // The third unit's slope is that of the fourth.
            for (var i = 0; i < frame.OutputGradient.Length; i++)
                if (frame.Input(0)[i % frame.Width == 3 ? i + 1 : i] > T.Zero) frame.InputGradient(0)[i] += frame.OutputGradient[i];
        }
    }
}

using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests;

public class StillNodesTests
{
    [Fact]
    public void Forward_StillInput_ComputesWhatDependsOnItOnce()
    {
        var market = new Model(isStill: true);
        market.Step();
        market.Step();
        Assert.Equal(1, market.Counter.Runs);
        Assert.Equal(new Model(isStill: false).Step(), market.Step());
    }

    [Fact]
    public void Forward_AfterRefresh_SeesTheNewValues()
    {
        var market = new Model(isStill: true);
        var before = market.Step();
        market.Plan.Value(market.Input).Fill(2);
        Assert.Equal(before, market.Step()); // still the old ones: nobody has told
        market.Plan.Refresh();
        Assert.NotEqual(before, market.Step());
        Assert.Equal(2, market.Counter.Runs);
    }

    [Fact]
    public void Forward_DropoutOfAStillInput_IsDrawnAnew()
    {
        var market = new Model(isStill: true) { Plan = { Training = true, StepSeed = 1 } };
        var first = market.Step();
        market.Plan.StepSeed = 2;
        Assert.NotEqual(first, market.Step());
    }

    [Fact]
    public void Forward_GradientOfTheInputKept_IsComputedEachTime()
    {
        var market = new Model(isStill: true, keepsGradient: true);
        market.Step();
        market.Step();
        Assert.Equal(2, market.Counter.Runs);
        Assert.Contains(market.Plan.Gradient(market.Input).ToArray(), value => value != 0);
    }

    private sealed class Model
    {
        private readonly Node loss;

        public Model(bool isStill, bool keepsGradient = false)
        {
            var graph = new Graph();
            Input = graph.Input("input", Shape.PerRow(2));
            var known = graph.Add("known", Counter, Input);
            var hidden = graph.Dense("hidden", graph.Add("dropout", new Dropout(0.5), known), 3, Activation.Tanh);
            loss = graph.Add("loss", new SumOfSquares(), hidden);
            Plan = new Plan<double>(graph, new PlanSize(5, 2), new PlanOptions { Still = isStill ? [Input] : [], KeepGradientsOf = keepsGradient ? [Input] : [] }, loss);
            Plan.InitializeParameters(1);
            for (var i = 0; i < Plan.Value(Input).Length; i++) Plan.Value(Input)[i] = 0.1 * i;
        }

        public Node Input { get; }

        public Counting Counter { get; } = new();

        public Plan<double> Plan { get; }

        public double Step()
        {
            Plan.Forward();
            Plan.Backward(loss);
            return Plan.Value(loss)[0];
        }
    }

    /// <summary>Doubles its input and counts how often.</summary>
    private sealed class Counting : Op
    {
        public int Runs { get; private set; }

        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public override void Forward<T>(in OpFrame<T> frame)
        {
            Runs++;
            for (var i = 0; i < frame.Output.Length; i++) frame.Output[i] = frame.Input(0)[i] + frame.Input(0)[i];
        }

        public override void Backward<T>(in OpFrame<T> frame)
        {
            for (var i = 0; i < frame.OutputGradient.Length; i++) frame.InputGradient(0)[i] += frame.OutputGradient[i] + frame.OutputGradient[i];
        }
    }

    /// <summary>Σ x².</summary>
    private sealed class SumOfSquares : Op
    {
        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

        public override void Forward<T>(in OpFrame<T> frame)
        {
            var sum = T.Zero;
            foreach (var value in frame.Input(0)) sum += value * value;
            frame.Output[0] = sum;
        }

        public override void Backward<T>(in OpFrame<T> frame)
        {
            for (var i = 0; i < frame.Input(0).Length; i++) frame.InputGradient(0)[i] += frame.OutputGradient[0] * (frame.Input(0)[i] + frame.Input(0)[i]);
        }
    }
}

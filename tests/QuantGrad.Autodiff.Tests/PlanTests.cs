using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Tests.Contract;

namespace QuantGrad.Autodiff.Tests;

public class PlanTests
{
    private static readonly PlanSize Size = new(13, 3);

    [Fact]
    public void Backward_DeepNetworkWithSkipsAndNorms_EqualsCentralDifferences()
    {
        var (plan, loss, _, _) = Network<double>(new PlanOptions());
        foreach (var group in GradientCheck.Run(plan, loss, 6)) Assert.True(group.MaxError < 1e-7, group.ToString());
    }

    [Theory, InlineData(1), InlineData(10), InlineData(48)]
    public void Backward_AnyBlocks_GiveTheSameGradients(int rows)
    {
        var (whole, loss, _, _) = Network<double>(new PlanOptions { BlockRows = 1000 });
        var (cut, cutLoss, _, _) = Network<double>(new PlanOptions { BlockRows = rows });
        Step(whole, loss);
        Step(cut, cutLoss);
        for (var i = 0; i < whole.ParameterGradients.Length; i++) Assert.Equal(whole.ParameterGradients[i], cut.ParameterGradients[i], 1e-12);
    }

    [Fact]
    public void Backward_Float_AgreesWithDouble()
    {
        var (exact, loss, _, _) = Network<double>(new PlanOptions());
        var (single, singleLoss, _, _) = Network<float>(new PlanOptions());
        Step(exact, loss);
        Step(single, singleLoss);
        var scale = exact.ParameterGradients.ToArray().Max(Math.Abs);
        for (var i = 0; i < exact.ParameterGradients.Length; i++) Assert.Equal(exact.ParameterGradients[i], single.ParameterGradients[i], 1e-5 * scale);
    }

    [Fact]
    public void KeepGradientsOf_HiddenLayersAndInput_ChangesNoParametersGradient()
    {
        var (plain, loss, _, _) = Network<double>(new PlanOptions());
        var nodes = Network<double>(new PlanOptions());
        Step(plain, loss);
        var kept = new Plan<double>(nodes.Plan.Graph, Size, new PlanOptions { KeepGradientsOf = [nodes.Input, nodes.Hidden] }, nodes.Loss);
        nodes.Plan.Parameters.CopyTo(kept.Parameters);
        nodes.Plan.Value(nodes.Input).CopyTo(kept.Value(nodes.Input));
        Step(kept, nodes.Loss);
        for (var i = 0; i < plain.ParameterGradients.Length; i++) Assert.Equal(plain.ParameterGradients[i], kept.ParameterGradients[i], 1e-13);

        // The input's gradient against differences of the loss.
        for (var i = 0; i < 5; i++)
        {
            var (value, gradient) = (kept.Value(nodes.Input)[i * 11], kept.Gradient(nodes.Input)[i * 11]);
            double At(double x)
            {
                kept.Value(nodes.Input)[i * 11] = x;
                kept.Forward();
                return kept.Value(nodes.Loss)[0];
            }

            Assert.Equal((At(value + 1e-5) - At(value - 1e-5)) / 2e-5, gradient, 1e-8);
            At(value);
        }
    }

    [Fact]
    public void Gradient_OfANodeThatIsNotKept_IsRefusedByName()
    {
        var (plan, _, hidden, _) = Network<double>(new PlanOptions());
        Assert.Contains("hidden", Assert.Throws<GraphException>(() => plan.Gradient(hidden)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_OfALossThatNoParameterReaches_IsRefused()
    {
        var graph = new Graph();
        var loss = graph.Add("loss", new WeightedSum(), graph.Input("x", Shape.PerRow(1)));
        var plan = new Plan<float>(graph, Size, loss);
        plan.Forward();
        Assert.Contains("depends on no parameter", Assert.Throws<GraphException>(() => plan.Backward(loss)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_TwoLosses_EachHaveTheirOwnGradient()
    {
        var graph = new Graph();
        var y = graph.Dense("y", graph.Input("x", Shape.PerRow(2)), 1);
        var first = graph.Add("first", new WeightedSum(), y);
        var second = graph.Add("second", new Scale(3), first);
        var plan = new Plan<double>(graph, Size, first, second);
        plan.Value(graph.Nodes[0]).Fill(0.5);
        Step(plan, first);
        var once = plan.ParameterGradients.ToArray();
        plan.Backward(second);
        Assert.Equal(once.Select(g => 3 * g), plan.ParameterGradients.ToArray());
        plan.Backward(first);
        Assert.Equal(once, plan.ParameterGradients.ToArray());
    }

    [Fact]
    public void ForwardAndBackward_OfANetwork_AllocateNothing()
    {
        var (plan, loss, _, _) = Network<float>(new PlanOptions());
        for (var i = 0; i < 3; i++) Step(plan, loss);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 5; i++) Step(plan, loss);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Plan_LongWindow_TakesLessThanThreeTimesTheActivations()
    {
        var (plan, _, _, _) = Network<float>(new PlanOptions(), new PlanSize(20_000, 3));
        var activations = plan.Graph.Nodes.Where(node => node.Kind != NodeKind.Parameter).Sum(node => (long)node.Shape.Count(plan.Size) * sizeof(float));
        Assert.InRange(plan.Bytes, activations, 3 * activations);
    }

    private static void Step<T>(Plan<T> plan, Node loss) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        plan.Forward();
        plan.Backward(loss);
    }

    /// <summary>Two stages of rows with a recurrence between them, tanh layers of odd widths in a row, a norm, a skip and a shared node.</summary>
    private static (Plan<T> Plan, Node Loss, Node Hidden, Node Input) Network<T>(PlanOptions options, PlanSize? size = null)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(7));
        var hidden = graph.Dense("hidden", graph.Dense("first", x, 19, Activation.Tanh), 33, Activation.Tanh);
        var normed = graph.Activate("act", graph.LayerNorm("norm", hidden), Activation.Elu);
        var skip = graph.Residual("skip", normed, y => graph.Dense("inner", y, 33, Activation.Gelu));
        var memory = graph.Gru("gru", skip, 5);
        var both = graph.Add("both", new Concatenate(), memory, graph.Dense("side", skip, 4, Activation.Softplus));
        var position = graph.Dense("head", graph.Dense("neck", both, 6, Activation.Tanh), 1, Activation.Tanh);
        var loss = graph.Add("loss", new WeightedSum(), position);
        var plan = new Plan<T>(graph, size ?? Size, options, loss);
        plan.InitializeParameters(4);
        var random = new RandomStream(8);
        foreach (ref var value in plan.Value(x)) value = T.CreateTruncating((float)random.NextNormal());
        return (plan, loss, hidden, x);
    }
}

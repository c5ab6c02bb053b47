using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Autodiff.Tests;

/// <summary>The lecture's vanishing gradient in numbers: ten layers, the norm of the first layer's gradient over the last's; and each cure it names.</summary>
public class VanishingGradientTests(ITestOutputHelper output)
{
    private const int Layers = 10, Width = 16;

    [Fact]
    public void TenSigmoidLayers_FirstLayersGradient_Vanishes()
    {
        var ratio = Ratio((graph, name, x) => graph.Dense(name, x, Width, Activation.Sigmoid, Initializer.Xavier));
        Assert.InRange(ratio, 0, 1e-5); // each layer's slope is at most 1/4: 0.25⁹ ≈ 3.8e-6, times the weights
    }

    [Fact]
    public void SigmoidSlope_Anywhere_IsAtMostAQuarter()
    {
        Assert.Equal(0.25, ActivationFormula.Slope(Activation.Sigmoid, 0.0, 0.5), 12);
        Assert.Equal(9.5e-7, Math.Pow(0.25, 10), 1e-8);
    }

    [Theory, InlineData(Activation.Relu), InlineData(Activation.LeakyRelu), InlineData(Activation.Elu), InlineData(Activation.Gelu)]
    public void ReluFamilyWithHe_KeepsTheGradient(Activation activation) =>
        Assert.InRange(Ratio((graph, name, x) => graph.Dense(name, x, Width, activation, Initializer.He)), 0.03, 30);

    [Fact]
    public void TanhWithXavier_KeepsTheGradient() =>
        Assert.InRange(Ratio((graph, name, x) => graph.Dense(name, x, Width, Activation.Tanh, Initializer.Xavier)), 0.03, 30);

    [Fact]
    public void SkipConnections_LiftSigmoid() =>
        Assert.InRange(Ratio((graph, name, x) => graph.Residual($"{name}.skip", x, y => graph.Dense(name, y, Width, Activation.Sigmoid, Initializer.Xavier))), 0.03, 30);

    /// <summary>Within a row the sigmoids' common offset of one half remains, so that this lifts by some fifty times and does not cure; over the batch it does.</summary>
    [Fact]
    public void LayerNormalisation_LiftsSigmoidThirtyfold()
    {
        var bare = Ratio((graph, name, x) => graph.Dense(name, x, Width, Activation.Sigmoid, Initializer.Xavier));
        var normed = Ratio((graph, name, x) => graph.Activate($"{name}.act", graph.LayerNorm($"{name}.norm", graph.Dense(name, x, Width)), Activation.Sigmoid));
        Assert.InRange(normed / bare, 30, double.PositiveInfinity);
    }

    [Fact]
    public void BatchNormalisation_LiftsSigmoid() =>
        Assert.InRange(Ratio((graph, name, x) => graph.Activate($"{name}.act", graph.BatchNorm($"{name}.norm", graph.Dense(name, x, Width)), Activation.Sigmoid)), 0.03, 30);

    private double Ratio(Func<Graph, string, Node, Node> layer)
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(Width));
        var node = x;
        for (var i = 0; i < Layers; i++) node = layer(graph, $"layer{i}", node);
        var loss = graph.Add("loss", new LectureTests.SquaredError(1), graph.Dense("head", node, 1));
        var plan = new Plan<double>(graph, new PlanSize(64, 1), loss) { Training = true };
        plan.InitializeParameters(3);
        var random = new RandomStream(1);
        foreach (ref var value in plan.Value(x)) value = random.NextNormal();
        plan.Forward();
        plan.Backward(loss);
        double Norm(int index) => GradientNorm.Of<double>(plan.Gradient(graph.Nodes.Single(n => string.Equals(n.Name, $"layer{index}.weight", StringComparison.Ordinal))));
        var ratio = Norm(0) / Norm(Layers - 1);
        output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"‖dL/dW₁‖ / ‖dL/dW₁₀‖ = {ratio:E2}"));
        return ratio;
    }
}

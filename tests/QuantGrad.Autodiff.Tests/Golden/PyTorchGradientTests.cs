using System.Text.Json;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Benchmarks.Engine;

namespace QuantGrad.Autodiff.Tests.Golden;

/// <summary>The gradients of the benchmark's cases beside PyTorch's (pytorch_gradients.py made the file).</summary>
public class PyTorchGradientTests
{
    private static readonly JsonElement File = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "pytorch_gradients.json"))).RootElement;

    [Theory, InlineData("a"), InlineData("b"), InlineData("c"), InlineData("d"), InlineData("e")]
    public void Gradients_Float_EqualPyTorchs(string name) => Compare<float>(File.GetProperty("cases").GetProperty(name), 1e-5);

    [Theory, InlineData("a"), InlineData("d")]
    public void Gradients_Double_EqualPyTorchs(string name) => Compare<double>(File.GetProperty("cases").GetProperty(name), 1e-8);

    private static void Compare<T>(JsonElement golden, double tolerance) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var (graph, plan, loss) = Case<T>(golden);
        plan.Forward();
        plan.Backward(loss);
        var expected = golden.GetProperty("loss").GetDouble();
        Assert.Equal(expected, double.CreateTruncating(plan.Value(loss)[0]), tolerance * Math.Max(1, Math.Abs(expected)));
        foreach (var node in graph.Parameters)
        {
            var group = golden.GetProperty("gradients").GetProperty(node.Name);
            var gradient = plan.Gradient(node);
            var norm = group.GetProperty("norm").GetDouble();
            var every = group.GetProperty("every").GetInt32();
            var squares = 0.0;
            foreach (var value in gradient) squares += Math.Pow(double.CreateTruncating(value), 2);
            Assert.Equal(1, Math.Sqrt(squares) / norm, tolerance);
            var i = 0;
            foreach (var sample in group.GetProperty("samples").EnumerateArray())
                Assert.Equal(sample.GetDouble(), double.CreateTruncating(gradient[i++ * every]), tolerance * norm);
        }
    }

    private static (Graph Graph, Plan<T> Plan, Node Loss) Case<T>(JsonElement golden) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        int Number(string key) => golden.GetProperty(key).GetInt32();
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(Number("inputs")));
        var r = graph.Input("r", Shape.PerRow(1));
        var y = Number("hidden") > 0 ? graph.Lstm("lstm", x, Number("hidden")) : x;
        var widths = golden.GetProperty("widths").EnumerateArray().Select(width => width.GetInt32()).ToArray();
        for (var i = 0; i + 1 < widths.Length; i++) y = graph.Dense($"layer{i}", y, widths[i], Activation.Tanh);
        var loss = graph.Add("loss", new SharpeWithCost(5e-4), graph.Dense("head", y, 1, Activation.Tanh), r);
        var plan = new Plan<T>(graph, new PlanSize(Number("steps"), Number("assets")), loss);
        Wave(plan.Value(x), 0.7391, 0.1, 1.5);
        Wave(plan.Value(r), 1.9173, 0.4, 0.01);
        for (var row = 0; row < plan.Value(r).Length; row++)
            plan.Value(r)[row] = T.CreateTruncating((float)(double.CreateTruncating(plan.Value(r)[row]) + 0.002 * double.CreateTruncating(plan.Value(x)[row * x.Shape.Width])));
        var k = 0;
        foreach (var node in graph.Parameters)
        {
            var size = node.Shape.FixedRows > 1 || node.Name.EndsWith("weight", StringComparison.Ordinal) ? 1.2 / Math.Sqrt(node.Shape.FixedRows) : 0.1;
            Wave(plan.Value(node), 2.3411 + 0.01 * k, 0.3 * k, size);
            k++;
        }

        return (graph, plan, loss);
    }

    /// <summary>size · sin(step·i + shift), rounded to float.</summary>
    private static void Wave<T>(Span<T> values, double step, double shift, double size) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++) values[i] = T.CreateTruncating((float)(size * Math.Sin(i * step + shift)));
    }
}

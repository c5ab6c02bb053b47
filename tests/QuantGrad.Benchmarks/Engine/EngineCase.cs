using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Inference;

namespace QuantGrad.Benchmarks.Engine;

/// <summary>A network on random data with the Sharpe objective, and its training step: forward, backward, Adam.</summary>
internal sealed class EngineCase
{
    private readonly Node loss;
    private readonly Node position;
    private readonly Node features;
    private readonly Optimizer<float> adam;

    private EngineCase(string name, int inputs, PlanSize size, Func<Graph, Node, Node> network)
    {
        Name = name;
        var graph = new Graph();
        features = graph.Input("features", Shape.PerRow(inputs));
        var returns = graph.Input("returns", Shape.PerRow(1));
        position = network(graph, features);
        loss = graph.Add("loss", new SharpeWithCost(5e-4), position, returns);
        Plan = new Plan<float>(graph, size, loss) { Training = true };
        Plan.InitializeParameters(1);
        adam = new OptimizerSettings().Build<float>(Plan.Parameters.Length);
        var random = new RandomStream(2);
        foreach (ref var value in Plan.Value(features)) value = (float)random.NextNormal();
        var r = Plan.Value(returns);
        for (var row = 0; row < r.Length; row++) r[row] = (float)(0.01 * random.NextNormal() + 5e-4 * Plan.Value(features)[row * inputs]);
    }

    internal static IReadOnlyList<string> Names => ["a", "b", "c", "d", "e", "norm-skip"];

    internal string Name { get; }

    internal Plan<float> Plan { get; }

    internal double Loss => Plan.Value(loss)[0];

    internal static EngineCase Make(string name) => name switch
    {
        "a" => new("a MLP 24-32-16-1", 24, new PlanSize(2520, 1), (g, x) => Perceptron(g, x, 32, 16)),
        "b" => new("b MLP 24-32-16-1, 20 assets", 24, new PlanSize(2520, 20), (g, x) => Perceptron(g, x, 32, 16)),
        "c" => new("c MLP 60-128-64-1", 60, new PlanSize(2520, 1), (g, x) => Perceptron(g, x, 128, 64)),
        "d" => new("d LSTM 32, 128 of 63 steps", 24, new PlanSize(63, 128), (g, x) => g.Dense("head", g.Lstm("lstm", x, 32), 1, Activation.Tanh)),
        "e" => new("e LSTM 128, 128 of 63 steps", 24, new PlanSize(63, 128), (g, x) => g.Dense("head", g.Lstm("lstm", x, 128), 1, Activation.Tanh)),
        "large" => new("1,685,667 weights, 1,024 rows", 256, new PlanSize(1024, 1), (g, x) => Perceptron(g, x, 940, 1533)),
        "norm-skip" => new("48-96-32-1, norm and skip", 48, new PlanSize(2520, 1), NormAndSkip),
        _ => throw new ArgumentException($"There is no case {name}.", nameof(name)),
    };

    /// <summary>One training step.</summary>
    internal void Step()
    {
        Plan.Forward();
        Plan.Backward(loss);
        adam.Step(Plan.Parameters, Plan.ParameterGradients, 1e-3);
    }

    /// <summary>The exported network's forward pass in ONNX Runtime, on the same rows.</summary>
    internal Action Rival()
    {
        var model = OnnxModelWriter.Write(position, "position", new Dictionary<Node, string>(), Plan, new OnnxModelInfo("benchmark", "0"));
        var binding = new OnnxSession(model).Rent();
        if (position.Inputs[0].Op!.LooksAlongTime) binding.SetShape(0, [Plan.Size.Assets, Plan.Size.Steps, features.Shape.Width]);
        else binding.SetShape(0, [Plan.Size.Rows, features.Shape.Width]);
        Plan.Value(features).CopyTo(binding.Input<float>());
        return binding.Run;
    }

    private static Node Perceptron(Graph graph, Node x, params int[] widths)
    {
        for (var i = 0; i < widths.Length; i++) x = graph.Dense($"layer{i}", x, widths[i], Activation.Tanh);
        return graph.Dense("head", x, 1, Activation.Tanh);
    }

    private static Node NormAndSkip(Graph graph, Node x)
    {
        x = graph.Activate("tanh", graph.LayerNorm("norm", graph.Dense("first", x, 96)), Activation.Tanh);
        x = graph.Residual("skip", x, y => graph.Dense("second", y, 32, Activation.Tanh));
        return graph.Dense("head", x, 1, Activation.Tanh);
    }
}

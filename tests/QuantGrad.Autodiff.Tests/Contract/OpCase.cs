using System.Numerics;
using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests.Contract;

/// <summary>One op in a small graph of its own, whose inputs are all parameters so that each has a gradient.</summary>
public sealed record OpCase(string Name, Type Op, Func<Graph, Node> Build)
{
    public PlanSize Size { get; init; } = new(7, 3);

    /// <summary>Where the inputs' values lie: place in [0, 1) to value. By default (−1.5, 1.5), never near a kink at 0.</summary>
    public Func<double, double> Spread { get; init; } = u => u < 0.5 ? -1.5 + 2.8 * u : 0.1 + 2.8 * (u - 0.5);

    public bool HasOnnx { get; init; } = true;

    /// <summary>How far float may be from double, relative to the largest; more where a gradient is a small difference of large sums.</summary>
    public double FloatTolerance { get; init; } = 5e-6;

    /// <summary>The value of a graph's input by row; by default a mask.</summary>
    public Func<int, PlanSize, double> Inputs { get; init; } = (row, _) => row % 3 == 1 && row != 4 ? 0 : 1;

    public override string ToString() => Name;

    /// <summary>A plan with its values set and its loss, a fixed weighting of the output.</summary>
    public (Plan<T> Plan, Node Output, Node Loss) Compile<T>(int? blockRows = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var graph = new Graph();
        var output = Build(graph);
        var loss = graph.Add("loss", new WeightedSum(), output);
        var plan = new Plan<T>(graph, Size, new PlanOptions { BlockRows = blockRows, KeepGradientsOf = [output] }, output, loss) { Training = true, StepSeed = 11 };
        foreach (var node in graph.Parameters)
        {
            var random = RandomStream.For(5, node.Name);
            foreach (ref var value in plan.Value(node)) value = T.CreateTruncating((float)Spread(random.NextUniform()));
        }

        foreach (var node in graph.Nodes.Where(node => node.Kind == NodeKind.Constant)) // positive: means and variances
            for (var i = 0; i < plan.Value(node).Length; i++) plan.Value(node)[i] = T.CreateTruncating(0.5 + 0.25 * i);
        foreach (var node in graph.Nodes.Where(node => node.Kind == NodeKind.Input))
            for (var i = 0; i < plan.Value(node).Length; i++) plan.Value(node)[i] = T.CreateTruncating(Inputs(i, Size));

        return (plan, output, loss);
    }
}

/// <summary>Σ c_i·x_i with fixed c, to make a scalar of any output.</summary>
internal sealed class WeightedSum : Op
{
    public override bool IsRowWise => false;

    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

    public override void Forward<T>(in OpFrame<T> frame)
    {
        var x = frame.Input(0);
        var sum = T.Zero;
        for (var i = 0; i < x.Length; i++) sum += x[i] * Weight<T>(i);
        frame.Output[0] = sum;
    }

    public override void Backward<T>(in OpFrame<T> frame)
    {
        var dx = frame.InputGradient(0);
        for (var i = 0; i < dx.Length; i++) dx[i] += frame.OutputGradient[0] * Weight<T>(i);
    }

    public override void WriteOnnx(OnnxNodeWriter onnx) => onnx.Node("ReduceSum", [onnx.Input(0)], onnx.Output);

    private static T Weight<T>(int i) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(1 - i * 37 % 19 * 0.0625);
}

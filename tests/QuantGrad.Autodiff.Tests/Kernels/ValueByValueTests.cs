using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests.Kernels;

/// <summary>Ops that go value by value are computed vector by vector: the same bits as one at a time, in whole vectors and behind the last.</summary>
public class ValueByValueTests
{
    private const int Rows = 37;

    [Fact]
    public void Clip_ManyValues_EqualsClampAndKeepsNotANumber()
    {
        var (x, clipped) = Forward((graph, x) => graph.Add("clip", new Clip(1), x));
        Assert.Equal([.. x.Select(value => Math.Clamp(value, -1f, 1f))], clipped);
        Assert.Contains(clipped, float.IsNaN);
        Assert.Contains(1f, clipped);
        Assert.Contains(-1f, clipped);
    }

    [Fact]
    public void Multiply_FactorOfTheSameWidth_EqualsOneAtATime()
    {
        var (x, squares) = Forward((graph, x) => graph.Add("square", new Multiply(), x, x));
        Assert.Equal([.. x.Select(value => value * value)], squares);
    }

    private static (float[] X, float[] Y) Forward(Func<Graph, Node, Node> op)
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(1));
        var y = op(graph, x);
        var plan = new Plan<float>(graph, new PlanSize(Rows, 1), y);
        var random = new RandomStream(1);
        foreach (ref var value in plan.Value(x)) value = (float)(2 * random.NextNormal());
        plan.Value(x)[5] = plan.Value(x)[Rows - 1] = float.NaN;
        plan.Forward();
        return (plan.Value(x).ToArray(), plan.Value(y).ToArray());
    }
}

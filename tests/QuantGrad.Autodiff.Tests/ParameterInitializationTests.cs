namespace QuantGrad.Autodiff.Tests;

public class ParameterInitializationTests
{
    [Fact]
    public void Xavier_Values_LieWithinTheBoundAndHaveItsVariance()
    {
        var values = ParameterInitialization.Draw(Initializer.Xavier, 200, 100, new RandomStream(1));
        Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, Math.Sqrt(6.0 / 300)));
        Assert.Equal(2.0 / 300, values.Average(v => v * v), 2e-4);
    }

    [Fact]
    public void He_Values_HaveVarianceTwoOverIn() =>
        Assert.Equal(2.0 / 200, ParameterInitialization.Draw(Initializer.He, 200, 100, new RandomStream(1)).Average(v => v * v), 3e-4);

    [Theory, InlineData(7, 7), InlineData(4, 9), InlineData(9, 4)]
    public void Orthogonal_RowsOrColumns_AreOrthonormal(int inputs, int outputs)
    {
        var w = ParameterInitialization.Draw(Initializer.Orthogonal, inputs, outputs, new RandomStream(1));
        var vectors = Math.Min(inputs, outputs);
        double Entry(int vector, int k) => inputs <= outputs ? w[vector * outputs + k] : w[k * outputs + vector];
        for (var a = 0; a < vectors; a++)
            for (var b = 0; b < vectors; b++)
                Assert.Equal(a == b ? 1 : 0, Enumerable.Range(0, Math.Max(inputs, outputs)).Sum(k => Entry(a, k) * Entry(b, k)), 1e-14);
    }

    [Fact]
    public void InitializeParameters_OneSeed_IsTheSameInBothPrecisions()
    {
        var graph = new Graph();
        var y = graph.Dense("layer", graph.Input("x", Shape.PerRow(5)), 4);
        var single = new Plan<float>(graph, new PlanSize(1, 1), y);
        var exact = new Plan<double>(graph, new PlanSize(1, 1), y);
        single.InitializeParameters(9);
        exact.InitializeParameters(9);
        for (var i = 0; i < single.Parameters.Length; i++) Assert.Equal((float)exact.Parameters[i], single.Parameters[i]);
        Assert.NotEqual(0, single.Parameters[0]);
    }
}

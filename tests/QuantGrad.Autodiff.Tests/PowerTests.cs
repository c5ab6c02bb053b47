using QuantGrad.Autodiff.Ops.Series;

namespace QuantGrad.Autodiff.Tests;

public class PowerTests
{
    /// <summary>The rows before a rule's warm-up hold 0: a root there must not fill the gradient with what is no number.</summary>
    [Theory]
    [InlineData(0, 0.5, 0, 0, 0)]
    [InlineData(0, 1, 0, 1, 0)]
    [InlineData(0, 0, 1, 0, 0)]
    [InlineData(0, -1, 0, 0, 0)]
    [InlineData(-4, 0.5, 0, 0, 0)]
    [InlineData(-2, 3, -8, 12, 0)]
    [InlineData(4, 0.5, 2, 0.25, 2.772588722239781)]
    public void Power_AtTheEdgeOfWhereItIsDefined_HasAFiniteValueAndSlopes(double a, double b, double value, double slopeOfA, double slopeOfB)
    {
        var graph = new Graph();
        var (x, y) = (graph.Parameter("a", Shape.Scalar, Initializer.Zero), graph.Parameter("b", Shape.Scalar, Initializer.Zero));
        var power = graph.Add("power", new Arithmetic(ArithmeticKind.Power), x, y);
        var plan = new Plan<double>(graph, new PlanSize(1, 1), power);
        plan.Value(x)[0] = a;
        plan.Value(y)[0] = b;

        plan.Forward();
        plan.Backward(power);

        Assert.Equal(value, plan.Value(power)[0]);
        Assert.Equal(slopeOfA, plan.Gradient(x)[0]);
        Assert.Equal(slopeOfB, plan.Gradient(y)[0], 1e-12);
    }
}

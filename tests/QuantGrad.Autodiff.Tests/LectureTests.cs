using QuantGrad.Autodiff.Onnx;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;

namespace QuantGrad.Autodiff.Tests;

/// <summary>The lecture's worked example of backpropagation, number by number.</summary>
public class LectureTests
{
    [Fact]
    public void WorkedExample_GradientsAndStep_AreTheLecturesNumbers()
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(2));
        var hidden = graph.Dense("hidden", x, 1, Activation.Sigmoid);
        var output = graph.Dense("output", hidden, 1, Activation.Sigmoid);
        var loss = graph.Add("loss", new SquaredError(target: 1), output);
        var plan = new Plan<double>(graph, new PlanSize(1, 1), output, hidden, loss);
        new[] { 1.0, 2.0 }.CopyTo(plan.Value(x));
        new[] { 0.5, 0.5, 0, 0.5, 0 }.CopyTo(plan.Parameters); // W1, b1, W2, b2

        plan.Forward();
        plan.Backward(loss);

        Assert.Equal(0.817574476, plan.Value(hidden)[0], 9);
        Assert.Equal(0.600797, plan.Value(output)[0], 6);
        Assert.Equal(0.159363, plan.Value(loss)[0], 6);
        double[] gradient = [-0.014280, -0.028560, -0.014280, -0.156557, -0.191490];
        for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], plan.ParameterGradients[i], 6);

        new OptimizerSettings(OptimizerKind.GradientDescent).Build<double>(5).Step(plan.Parameters, plan.ParameterGradients, 0.5);
        Assert.Equal([0.507140, 0.514280, 0.578279], new[] { plan.Parameters[0], plan.Parameters[1], plan.Parameters[3] }.Select(v => Math.Round(v, 6)));
    }

    [Fact]
    public void Practice_OneWeight_StepsToTheLecturesNumber()
    {
        Assert.Equal(-0.4, -2 * 0.2, 12);
        double[] weight = [1.5];
        new OptimizerSettings(OptimizerKind.GradientDescent).Build<double>(1).Step(weight, [0.3], 0.1);
        Assert.Equal(1.47, weight[0], 12);
    }

    [Fact]
    public void Step_LearningRateZero_IsRefused()
    {
        var optimizer = new OptimizerSettings(OptimizerKind.GradientDescent).Build<double>(1);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step(new double[1], new double[1], 0));
        Assert.Contains("the learning rate is 0, expected a number above 0", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Σ (a − target)².</summary>
    internal sealed class SquaredError(double target) : Op
    {
        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

        public override void Forward<T>(in OpFrame<T> frame)
        {
            var sum = T.Zero;
            foreach (var a in frame.Input(0)) sum += (a - T.CreateTruncating(target)) * (a - T.CreateTruncating(target));
            frame.Output[0] = sum;
        }

        public override void Backward<T>(in OpFrame<T> frame)
        {
            var dx = frame.InputGradient(0);
            for (var i = 0; i < dx.Length; i++) dx[i] += frame.OutputGradient[0] * (frame.Input(0)[i] - T.CreateTruncating(target)) * T.CreateTruncating(2);
        }

        public override void WriteOnnx(OnnxNodeWriter onnx) => throw new GraphException("a loss is not exported");
    }
}

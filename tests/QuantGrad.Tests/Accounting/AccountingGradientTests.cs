using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Objectives;

namespace QuantGrad.Tests.Accounting;

public class AccountingGradientTests
{
    [Theory]
    [InlineData(3, false, 1e-3)]
    [InlineData(3, true, 1e-3)]
    [InlineData(3, true, 1e-2)]
    [InlineData(9, true, 1e-3)]
    public void Backward_SharpeOfTheBooks_EqualsCentralDifferences(int assets, bool withGap, double epsilon)
    {
        const int steps = 40;
        var graph = new Graph();
        var targets = graph.Parameter("targets", Shape.Fixed(steps * assets, 1), Initializer.Zero);
        var rows = graph.Add("rows", new RowsOfParameter(), targets);
        var nodes = BookNodes(graph, rows, out var loss);
        var plan = new Plan<double>(graph, new PlanSize(steps, assets), loss);
        var random = new Lcg(7);
        random.Fill(plan.Value(targets), -0.6, 0.8);
        random.Fill(plan.Value(nodes.Hold), -0.03, 0.03);
        if (withGap) random.Fill(plan.Value(nodes.Gap), -0.02, 0.02);
        random.Fill(plan.Value(nodes.Initial), -0.2, 0.2);
        var decided = plan.Value(nodes.Decided);
        for (var cell = 0; cell < decided.Length; cell++) decided[cell] = random.Next() < 0.8 ? 1 : 0;
        plan.Value(nodes.Costs)[0] = 2e-3;
        plan.Value(nodes.Costs)[1] = 1e-4;
        plan.Value(nodes.Costs)[2] = epsilon;

        plan.Forward();
        plan.Backward(loss);
        var analytic = plan.ParameterGradients.ToArray();

        var scale = analytic.Max(Math.Abs);
        for (var i = 0; i < analytic.Length; i++)
        {
            var numeric = Richardson(plan, loss, i, 2e-5);
            Assert.True(Math.Abs(numeric - analytic[i]) < 1e-7 * scale, $"target {i}: {analytic[i]} against {numeric}");
        }
    }

    private static double Richardson(Plan<double> plan, Node loss, int index, double step) =>
        (4 * Difference(plan, loss, index, step / 2) - Difference(plan, loss, index, step)) / 3;

    private static double Difference(Plan<double> plan, Node loss, int index, double step)
    {
        var saved = plan.Parameters[index];
        plan.Parameters[index] = saved + step;
        plan.Forward();
        var up = plan.Value(loss)[0];
        plan.Parameters[index] = saved - step;
        plan.Forward();
        var down = plan.Value(loss)[0];
        plan.Parameters[index] = saved;
        return (up - down) / (2 * step);
    }

    private static (Node Decided, Node Gap, Node Hold, Node Initial, Node Costs) BookNodes(Graph graph, Node targets, out Node loss)
    {
        var decided = graph.Input("decided", Shape.PerRow(1));
        var gap = graph.Input("gap", Shape.PerRow(1));
        var hold = graph.Input("hold", Shape.PerRow(1));
        var initial = graph.Input("initial", Shape.PerAsset(1));
        var costs = graph.Input("costs", Shape.Fixed(1, 3));
        var books = graph.Add("books", new AccountingOp(), targets, decided, gap, hold, initial, costs);
        loss = graph.Add("loss", new SharpeObjective(252), books, graph.Input("lead", Shape.Scalar));
        return (decided, gap, hold, initial, costs);
    }

    /// <summary>Lets a parameter stand where rows of data would: the whole of it, unchanged.</summary>
    private sealed class RowsOfParameter : Op
    {
        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(1);

        public override void Forward<T>(in OpFrame<T> frame) => frame.Input(0).CopyTo(frame.Output);

        public override void Backward<T>(in OpFrame<T> frame) => frame.OutputGradient.CopyTo(frame.InputGradient(0));
    }

    private sealed class Lcg(ulong seed)
    {
        private ulong state = seed;

        public double Next()
        {
            state = state * 6364136223846793005UL + 1442695040888963407UL;
            return (state >> 11) / (double)(1UL << 53);
        }

        public void Fill(Span<double> values, double low, double high)
        {
            for (var i = 0; i < values.Length; i++) values[i] = low + (high - low) * Next();
        }
    }
}

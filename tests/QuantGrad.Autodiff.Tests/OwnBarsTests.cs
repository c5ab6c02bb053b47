using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Tests;

public class OwnBarsTests
{
    [Fact]
    public void ToOwnBars_Holes_MovesEachAssetsBarsToTheFront()
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(1));
        var bar = graph.Input("bar", Shape.PerRow(1));
        var own = graph.Add("own", new ToOwnBars(), x, bar);
        var back = graph.Add("back", new ToCalendar(), own, bar);
        var plan = new Plan<double>(graph, new PlanSize(4, 2), own, back);
        new double[] { 1, 10, 2, 20, 3, 30, 4, 40 }.CopyTo(plan.Value(x));
        new double[] { 0, -1, -1, 0, 1, 1, 2, -1 }.CopyTo(plan.Value(bar));
        plan.Forward();
        Assert.Equal([1, 20, 3, 30, 4, 0, 0, 0], plan.Value(own).ToArray());
        Assert.Equal([1, 0, 0, 20, 3, 30, 4, 0], plan.Value(back).ToArray());
    }

    [Fact]
    public void RecurrenceOverOwnBars_PanelWithHoles_EqualsTheCompactedSeries()
    {
        var (compact, holes) = (Run([0, 1, 2, 3], [0.5, -1, 2, 0.3]), Run([-1, 0, 1, -1, -1, 2, 3], [7, 0.5, -1, 9, 7, 2, 0.3]));
        Assert.Equal(compact, new[] { holes[1], holes[2], holes[5], holes[6] });
        Assert.Equal([0, 0, 0], new[] { holes[0], holes[3], holes[4] });
    }

    private static double[] Run(double[] bars, double[] values)
    {
        var graph = new Graph();
        var x = graph.Input("x", Shape.PerRow(1));
        var bar = graph.Input("bar", Shape.PerRow(1));
        var body = graph.Dense("head", graph.Lstm("lstm", graph.Add("own", new ToOwnBars(), x, bar), 3), 1);
        var output = graph.Add("calendar", new ToCalendar(), body, bar);
        var plan = new Plan<double>(graph, new PlanSize(bars.Length, 1), output);
        plan.InitializeParameters(3);
        bars.CopyTo(plan.Value(bar));
        values.CopyTo(plan.Value(x));
        plan.Forward();
        return plan.Value(output).ToArray();
    }
}

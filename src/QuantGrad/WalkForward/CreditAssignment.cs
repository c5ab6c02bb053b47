using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Strategies;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>
/// Which inputs earn the credit for a fold's positions. Gradient × input: |∂position/∂x · (x − mean)|. Integrated gradients (Sundararajan, Taly and Yan 2017): the
/// gradient averaged along the straight way from the mean input to the input, times x − mean, so that the credits of a row add up to its position less that of the
/// mean input. Both are averaged over the test rows; the mean is that of the train rows.
/// </summary>
/// <param name="Fold">The fold.</param>
/// <param name="IntegratedGradients">Mean |credit|, <c>[F]</c>.</param>
/// <param name="GradientTimesInput">Mean |credit|, <c>[F]</c>.</param>
internal sealed record CreditAssignment(int Fold, double[] IntegratedGradients, double[] GradientTimesInput)
{
    /// <summary>Midpoints of the way from the mean input to the input.</summary>
    private const int WayPoints = 24;

    /// <summary>The credit in one fold.</summary>
    /// <param name="market">The market.</param>
    /// <param name="model">The fold's model.</param>
    /// <param name="fold">The fold, whose test rows are looked at.</param>
    public static CreditAssignment Of(Preparation market, FoldModel model, Fold fold)
    {
        var features = market.View.FeatureCount;
        var mean = model.Members[0].FeatureMean;
        var (whole, local) = (new double[features], new double[features]);
        var decisions = market.Sizing.Decisions.AsSpan(fold.Test.Start * market.View.Assets, fold.Test.Count * market.View.Assets);
        var rows = decisions.Count(Decision.Trade);
        if (rows == 0) return new CreditAssignment(fold.Index, whole, local);

        var distances = DistancesFromMean(market, fold, mean);
        var slopesAt = Slopes(market, model, fold, mean, distances);
        var along = new double[distances.Length];
        for (var point = 0; point < WayPoints; point++)
        {
            var slopes = slopesAt((point + 0.5) / WayPoints);
            for (var cell = 0; cell < along.Length; cell++) along[cell] += slopes[cell] / WayPoints;
        }

        Average(whole, along);
        Average(local, slopesAt(1));
        return new CreditAssignment(fold.Index, whole, local);

        void Average<T>(double[] credit, T[] slopes) where T : System.Numerics.INumberBase<T>
        {
            for (var (cell, feature) = (0, 0); cell < slopes.Length; cell++, feature = feature + 1 == features ? 0 : feature + 1)
                credit[feature] += Math.Abs(double.CreateTruncating(slopes[cell]) * distances[cell]) / rows;
        }
    }

    /// <summary>
    /// ∂Σposition/∂x for all cells <c>[T, A, F]</c> of a test window and its lead-in, at a share of the way from the mean input (0) to the input (1); the sum is over
    /// the decided positions of the window. Where the rows do not see one another, that is each row's own gradient.
    /// </summary>
    internal static Func<double, float[]> Slopes(Preparation market, FoldModel model, Fold fold, double[] mean, double[] distances)
    {
        var (rows, symbol) = (Rows(market, fold), market.Formulas.SymbolColumn);
        var graph = StrategyGraph.Compile(market.Strategy, model.Members.Count, market.PeriodsPerYear);
        var counted = graph.Graph.Input("credit.counted", Shape.PerRow(1));
        var total = graph.Graph.Add("credit", new RowSum(), graph.Graph.Add("credit.positions", new Multiply(), graph.Position, counted));
        var plan = new Plan<float>(graph.Graph, new PlanSize(rows.Lead + fold.Test.Count, market.View.Assets), new PlanOptions { KeepGradientsOf = [graph.Features] }, total);
        graph.BindBars(plan, rows.Bars);
        graph.BindAlive(plan, market.Sizing.Decisions.AsSpan(fold.Test.Start * market.View.Assets, fold.Test.Count * market.View.Assets), rows.Lead * market.View.Assets);
        for (var cell = rows.Lead * market.View.Assets; cell < rows.Bars.Length; cell++)
            plan.Value(counted)[cell] = market.Sizing.Decisions[rows.FirstStep * market.View.Assets + cell] == Decision.Trade ? 1 : 0;
        model.Bind(plan, graph);
        return share =>
        {
            var values = plan.Value(graph.Features);
            for (var (cell, feature) = (0, 0); cell < values.Length; cell++, feature = feature + 1 == mean.Length ? 0 : feature + 1)
                values[cell] = (float)(feature == symbol ? Math.Round(mean[symbol] + distances[cell]) : mean[feature] + share * distances[cell]); // the symbol is whoever's row it is
            plan.Forward();
            plan.Backward(total);
            return plan.Gradient(graph.Features).ToArray();
        };
    }

    private static OwnBarRows Rows(Preparation market, Fold fold) =>
        OwnBarRows.Of(market.View, [.. Enumerable.Range(0, market.View.Assets)], fold.Test, market.Strategy.Model.Memory());

    // x − mean of the test window's rows and of their lead-in, [T, A, F]; 0 where there is no row.
    private static double[] DistancesFromMean(Preparation market, Fold fold, double[] mean)
    {
        var rows = Rows(market, fold);
        var first = rows.FirstStep * market.View.Assets;
        var distances = new double[rows.Bars.Length * mean.Length];
        for (var cell = 0; cell < rows.Bars.Length; cell++)
            for (var feature = 0; feature < mean.Length && rows.Bars[cell] >= 0; feature++)
                distances[cell * mean.Length + feature] = market.View.Features.Span[(first + cell) * mean.Length + feature] - mean[feature];
        return distances;
    }

    private sealed class RowSum : Op
    {
        public override bool IsRowWise => false;

        public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

        public override void Forward<T>(in OpFrame<T> frame)
        {
            var sum = T.Zero;
            foreach (var value in frame.Input(0)) sum += value;
            frame.Output[0] = sum;
        }

        public override void Backward<T>(in OpFrame<T> frame)
        {
            if (!frame.WantsGradient(0)) return;
            foreach (ref var slope in frame.InputGradient(0)) slope += frame.OutputGradient[0];
        }
    }
}

using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Metrics.Differentiable;

namespace QuantGrad.Objectives;

/// <summary>
/// The negative Sharpe ratio of the pool of all symbols' returns (Lim, Zohren and Roberts 2019, eq. 8 to 10), every symbol and bar one observation: it asks each
/// symbol to earn for itself and gives nothing for diversification. A symbol's return is what it adds to the portfolio, without the drift of weights:
/// r[t] = w[t]·hold[t] + w[t−1]·gap[t] − κ·|w[t] − w[t−1]| − β·max(−w[t], 0). A cell counts where the symbol is sized or traded.
/// Inputs <c>[T·A, 1]</c>: targets, sizes, decided, gap, hold; then initial <c>[A, 1]</c>, costs <c>[1, 3]</c>, lead <c>[1, 1]</c>. Output a scalar.
/// </summary>
/// <param name="periodsPerYear">A, bars a year, above 0.</param>
internal sealed class PooledSharpeObjective(double periodsPerYear) : Op
{
    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) =>
        inputs.Length == 8 && inputs[..5].IndexOfAnyExcept(Shape.PerRow(1)) < 0 && inputs[5] == Shape.PerAsset(1) && inputs[6] == Shape.Fixed(1, 3) && inputs[7] == Shape.Scalar
            ? Shape.Scalar
            : throw new GraphException("The pooled Sharpe ratio takes targets, sizes, decided, gap, hold, initial, costs and lead.");

    /// <summary>The weight of each symbol after the trade.</summary>
    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => Shape.PerRow(1);

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var targets = frame.Input(0);
        var decided = frame.Input(2);
        var initial = frame.Input(5);
        var weights = frame.State;
        for (var cell = 0; cell < targets.Length; cell++) weights[cell] = decided[cell] != T.Zero ? targets[cell] : Before(frame, weights, initial, cell);
        frame.Output[0] = T.CreateTruncating(Loss(frame).Value);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var gradient = frame.InputGradient(0);
        var weights = frame.State;
        var initial = frame.Input(5);
        var decided = frame.Input(2);
        var gap = frame.Input(3);
        var hold = frame.Input(4);
        var costs = frame.Input(6);
        var loss = Loss(frame);
        var first = CountedRows.Lead(frame, 7) * frame.Size.Assets;
        var half = T.CreateTruncating(0.5);
        for (var asset = 0; asset < frame.Size.Assets; asset++)
        {
            var later = T.Zero; // dL/dw[t] through the bar after t
            for (var cell = gradient.Length - frame.Size.Assets + asset; cell >= 0; cell -= frame.Size.Assets)
            {
                var before = Before(frame, weights, initial, cell);
                var slope = cell >= first && Counts(frame, cell) ? frame.OutputGradient[0] * T.CreateTruncating(loss.Gradient(Return(frame, cell))) : T.Zero;
                var trade = costs[0] * SmoothAbs.Derivative(weights[cell] - before, costs[2]);
                var borrow = costs[1] * (SmoothAbs.Derivative(weights[cell], costs[2]) - T.One) * half;
                var weight = later + slope * (hold[cell] - trade - borrow);
                later = slope * (gap[cell] + trade);
                if (decided[cell] != T.Zero) gradient[cell] += weight;
                else later += weight;
            }
        }
    }

    private SharpeLoss Loss<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0, squares = 0;
        long count = 0;
        for (var cell = CountedRows.Lead(frame, 7) * frame.Size.Assets; cell < frame.State.Length; cell++)
        {
            if (!Counts(frame, cell)) continue;
            var value = Return(frame, cell);
            sum += value;
            squares += value * value;
            count++;
        }

        return new SharpeLoss(sum, squares, Math.Max(1, count), periodsPerYear);
    }

    private static bool Counts<T>(in OpFrame<T> frame, int cell) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        frame.Input(1)[cell] > T.Zero || frame.Input(2)[cell] != T.Zero;

    private static T Before<T>(in OpFrame<T> frame, ReadOnlySpan<T> weights, ReadOnlySpan<T> initial, int cell) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        cell < frame.Size.Assets ? initial[cell] : weights[cell - frame.Size.Assets];

    private static double Return<T>(in OpFrame<T> frame, int cell) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weight = frame.State[cell];
        var costs = frame.Input(6);
        var before = Before(frame, frame.State, frame.Input(5), cell);
        var trade = costs[0] * SmoothAbs.Value(weight - before, costs[2]);
        var borrow = costs[1] * (SmoothAbs.Value(weight, costs[2]) - weight) * T.CreateTruncating(0.5);
        return double.CreateTruncating(weight * frame.Input(4)[cell] + before * frame.Input(3)[cell] - trade - borrow);
    }
}

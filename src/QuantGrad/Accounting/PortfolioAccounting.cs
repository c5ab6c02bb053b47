using System.Numerics;

namespace QuantGrad.Accounting;

/// <summary>
/// The accounting: from target weights and prices to net returns, in one place for training (smoothed |x|, any precision, with its gradient) and for
/// evaluation (exact |x|, double). Each step t has two parts. In the gap the portfolio held earns <c>gap</c>; then it is traded to the new weights, and they
/// earn <c>hold</c>. <c>fill: close</c> and <c>next_close</c> have no gap; with <c>next_open</c> the gap is close to open, the hold open to close.
/// <code>
/// p  = 1 + Σ h·G          h̃ = h·(1+G)/p           w = decided ? target : h̃
/// Δ  = Σ φ(w − h̃)         c = κ·Δ + β·Σ max(−w,0)  s = Σ w·I − c
/// net = p·(1+s) − 1        gross = p·(1+Σ w·I) − 1  cost = gross − net       next h = w·(1+I)/(1+s)
/// </code>
/// All arrays are time-major, <c>[T, A]</c>.
/// </summary>
internal static class PortfolioAccounting
{
    /// <summary>Columns of a result row.</summary>
    public const int Net = 0, Gross = 1, Cost = 2, Turnover = 3, Columns = 4;

    /// <summary>Values kept a row for the gradient; of each step first the A weights held before the gap, then the A weights after the trade.</summary>
    public const int StateWidth = 2;

    /// <summary>Below this a portfolio's growth in one bar is ruin; drift is computed from it so that nothing is divided by zero.</summary>
    public const double RuinGrowth = 1e-6;

    /// <summary>Computes result rows <c>[T, 4]</c> and state <c>[T·A, 2]</c>.</summary>
    /// <param name="market">Target weights, mask, returns and what is held at the start.</param>
    /// <param name="result">Net, gross, cost, turnover a step.</param>
    /// <param name="state">Held and traded weight a row.</param>
    public static void Forward<T>(in AccountingInputs<T> market, Span<T> result, Span<T> state) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assets = market.Assets;
        var previousGrowth = T.One;
        for (var step = 0; step < market.Steps; step++)
        {
            var row = step * assets;
            var held = state.Slice(row * StateWidth, assets);
            var weights = state.Slice(row * StateWidth + assets, assets);
            var gapped = T.Zero;
            for (var asset = 0; asset < assets; asset++)
            {
                var before = step == 0
                    ? market.Initial[asset]
                    : state[row * StateWidth - assets + asset] * (T.One + market.Hold[row - assets + asset]) / previousGrowth;
                held[asset] = before;
                gapped += before * market.Gap[row + asset];
            }

            var growth = T.One + gapped;
            T turnover = T.Zero, earned = T.Zero, shorted = T.Zero;
            for (var asset = 0; asset < assets; asset++)
            {
                var drifted = held[asset] * (T.One + market.Gap[row + asset]) / growth;
                var weight = market.Decided[row + asset] != T.Zero ? market.Targets[row + asset] : drifted;
                weights[asset] = weight;
                turnover += SmoothAbs.Value(weight - drifted, market.Epsilon);
                earned += weight * market.Hold[row + asset];
                shorted += (SmoothAbs.Value(weight, market.Epsilon) - weight) * T.CreateTruncating(0.5);
            }

            previousGrowth = Post(result.Slice(step * Columns, Columns), gapped, earned, market.CostFraction * turnover + market.BorrowPerBar * shorted, turnover);
        }
    }

    /// <summary>Writes the result row of a step, and returns the growth by which its weights drift.</summary>
    public static T Post<T>(Span<T> row, T gapped, T earned, T cost, T turnover) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // growth · (1 + earned − cost) − 1 without the ones, in which the small returns would lose their last digits.
        var growth = T.One + gapped;
        row[Net] = gapped + growth * (earned - cost);
        row[Gross] = gapped + growth * earned;
        row[Cost] = growth * cost;
        row[Turnover] = turnover;
        return T.Max(T.One + earned - cost, T.CreateTruncating(RuinGrowth));
    }

    /// <summary>Adds dL/d(targets) and dL/d(initial) for the gradient of the result rows; the reverse of <see cref="Forward"/>, O(T·A).</summary>
    /// <param name="market">As given to Forward.</param>
    /// <param name="result">As left by Forward.</param>
    /// <param name="state">As left by Forward.</param>
    /// <param name="resultGradient">dL/d(result), <c>[T, 4]</c>.</param>
    /// <param name="targetGradient">Added to, <c>[T·A]</c>.</param>
    /// <param name="heldGradient">Work space of length A; holds dL/d(initial) at the end.</param>
    public static void Backward<T>(
        in AccountingInputs<T> market, ReadOnlySpan<T> result, ReadOnlySpan<T> state, ReadOnlySpan<T> resultGradient, Span<T> targetGradient, Span<T> heldGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assets = market.Assets;
        heldGradient = heldGradient[..assets];
        heldGradient.Clear();
        for (var step = market.Steps - 1; step >= 0; step--)
        {
            var row = step * assets;
            var held = state.Slice(row * StateWidth, assets);
            var weights = state.Slice(row * StateWidth + assets, assets);
            T gapped = T.Zero, next = T.Zero;
            for (var asset = 0; asset < assets; asset++)
            {
                gapped += held[asset] * market.Gap[row + asset];
                next += heldGradient[asset] * weights[asset] * (T.One + market.Hold[row + asset]);
            }

            var slope = new StepSlope<T>(market, result.Slice(step * Columns, Columns), resultGradient.Slice(step * Columns, Columns), gapped, next);
            var dGrowth = slope.Growth;
            for (var asset = 0; asset < assets; asset++)
            {
                var gapGrowth = (T.One + market.Gap[row + asset]) * slope.PerGrowth;
                var drifted = held[asset] * gapGrowth;
                var dTrade = slope.Turnover * SmoothAbs.Derivative(weights[asset] - drifted, market.Epsilon);
                var dWeight = heldGradient[asset] * (T.One + market.Hold[row + asset]) * slope.PerAfterTrade
                    + slope.Earned * market.Hold[row + asset]
                    + slope.Shorted * (SmoothAbs.Derivative(weights[asset], market.Epsilon) - T.One)
                    + dTrade;
                var dDrifted = -dTrade;
                if (market.Decided[row + asset] != T.Zero) targetGradient[row + asset] += dWeight;
                else dDrifted += dWeight;
                heldGradient[asset] = dDrifted * gapGrowth;
                dGrowth -= dDrifted * drifted * slope.PerGrowth;
            }

            for (var asset = 0; asset < assets; asset++) heldGradient[asset] += dGrowth * market.Gap[row + asset];
        }
    }
}

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

    /// <summary>Values kept a row for the gradient: the weight held before the gap, and the weight after the trade.</summary>
    public const int StateWidth = 2;

    /// <summary>Below this a portfolio's growth in one bar is ruin; drift is computed from it so that nothing is divided by zero.</summary>
    private const double RuinGrowth = 1e-6;

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
            var held = state.Slice(row * StateWidth, assets * StateWidth);
            var gapped = T.Zero;
            for (var asset = 0; asset < assets; asset++)
            {
                var before = step == 0
                    ? market.Initial[asset]
                    : state[(row - assets + asset) * StateWidth + 1] * (T.One + market.Hold[row - assets + asset]) / previousGrowth;
                held[asset * StateWidth] = before;
                gapped += before * market.Gap[row + asset];
            }

            var growth = T.One + gapped;
            T turnover = T.Zero, earned = T.Zero, shorted = T.Zero;
            for (var asset = 0; asset < assets; asset++)
            {
                var drifted = held[asset * StateWidth] * (T.One + market.Gap[row + asset]) / growth;
                var weight = market.Decided[row + asset] != T.Zero ? market.Targets[row + asset] : drifted;
                held[asset * StateWidth + 1] = weight;
                turnover += SmoothAbs.Value(weight - drifted, market.Epsilon);
                earned += weight * market.Hold[row + asset];
                shorted += (SmoothAbs.Value(weight, market.Epsilon) - weight) * T.CreateTruncating(0.5);
            }

            var cost = market.CostFraction * turnover + market.BorrowPerBar * shorted;
            var rowResult = result.Slice(step * Columns, Columns);

            // growth · (1 + earned − cost) − 1 without the ones, in which the small returns would lose their last digits.
            rowResult[Net] = gapped + growth * (earned - cost);
            rowResult[Gross] = gapped + growth * earned;
            rowResult[Cost] = growth * cost;
            rowResult[Turnover] = turnover;
            previousGrowth = T.Max(T.One + earned - cost, T.CreateTruncating(RuinGrowth));
        }
    }

    /// <summary>Adds dL/d(targets) and dL/d(initial) for the gradient of the result rows; the reverse of <see cref="Forward"/>, O(T·A).</summary>
    /// <param name="market">As given to Forward.</param>
    /// <param name="state">As left by Forward.</param>
    /// <param name="resultGradient">dL/d(result), <c>[T, 4]</c>.</param>
    /// <param name="targetGradient">Added to, <c>[T·A]</c>.</param>
    /// <param name="heldGradient">Work space of length A; holds dL/d(initial) at the end.</param>
    public static void Backward<T>(
        in AccountingInputs<T> market, ReadOnlySpan<T> state, ReadOnlySpan<T> resultGradient, Span<T> targetGradient, Span<T> heldGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assets = market.Assets;
        var half = T.CreateTruncating(0.5);
        var ruin = T.CreateTruncating(RuinGrowth);
        heldGradient.Clear();
        for (var step = market.Steps - 1; step >= 0; step--)
        {
            var row = step * assets;
            T growth = T.One, earned = T.Zero, shorted = T.Zero, turnover = T.Zero;
            for (var asset = 0; asset < assets; asset++) growth += state[(row + asset) * StateWidth] * market.Gap[row + asset];
            for (var asset = 0; asset < assets; asset++)
            {
                var weight = state[(row + asset) * StateWidth + 1];
                var drifted = state[(row + asset) * StateWidth] * (T.One + market.Gap[row + asset]) / growth;
                earned += weight * market.Hold[row + asset];
                shorted += (SmoothAbs.Value(weight, market.Epsilon) - weight) * half;
                turnover += SmoothAbs.Value(weight - drifted, market.Epsilon);
            }

            var cost = market.CostFraction * turnover + market.BorrowPerBar * shorted;
            var afterTrade = T.One + earned - cost;
            var divisor = T.Max(afterTrade, ruin);
            var upstream = resultGradient.Slice(step * Columns, Columns);
            var dSpread = growth * upstream[Net];
            if (afterTrade > ruin)
            {
                for (var asset = 0; asset < assets; asset++)
                    dSpread -= heldGradient[asset] * state[(row + asset) * StateWidth + 1] * (T.One + market.Hold[row + asset]) / (divisor * divisor);
            }

            var dGrowth = upstream[Net] * afterTrade + upstream[Gross] * (T.One + earned) + upstream[Cost] * cost;
            var dEarned = dSpread + growth * upstream[Gross];
            var dCost = growth * upstream[Cost] - dSpread;
            var dTurnover = market.CostFraction * dCost + upstream[Turnover];
            for (var asset = 0; asset < assets; asset++)
            {
                var weight = state[(row + asset) * StateWidth + 1];
                var gapGrowth = (T.One + market.Gap[row + asset]) / growth;
                var drifted = state[(row + asset) * StateWidth] * gapGrowth;
                var dTrade = dTurnover * SmoothAbs.Derivative(weight - drifted, market.Epsilon);
                var dWeight = heldGradient[asset] * (T.One + market.Hold[row + asset]) / divisor
                    + dEarned * market.Hold[row + asset]
                    + dCost * market.BorrowPerBar * (SmoothAbs.Derivative(weight, market.Epsilon) - T.One) * half
                    + dTrade;
                var dDrifted = -dTrade;
                if (market.Decided[row + asset] != T.Zero) targetGradient[row + asset] += dWeight;
                else dDrifted += dWeight;
                heldGradient[asset] = dDrifted * gapGrowth;
                dGrowth -= dDrifted * drifted / growth;
            }

            for (var asset = 0; asset < assets; asset++) heldGradient[asset] += dGrowth * market.Gap[row + asset];
        }
    }
}

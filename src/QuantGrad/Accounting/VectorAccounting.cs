using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantGrad.Accounting;

/// <summary>
/// <see cref="PortfolioAccounting"/> with the assets of a step side by side in vectors: what training runs. The formulas are those of the plain version, which says what they
/// mean; a quotient is a product with the reciprocal here, and sums run lane by lane, so that the last digits may differ. Where the assets do not fill whole
/// vectors, the last one reaches back over assets that were seen before: it writes the same there once more, and what is summed or added leaves them out.
/// </summary>
internal static class VectorAccounting
{
    /// <summary>Whether there are enough assets for a vector; fewer are the plain version's.</summary>
    public static bool Takes<T>(int assets) where T : unmanaged => assets >= Vector<T>.Count;

    /// <summary><see cref="PortfolioAccounting.Forward"/>.</summary>
    public static void Forward<T>(in AccountingInputs<T> market, Span<T> result, Span<T> state) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assets = market.Assets;
        var (all, last) = Counted<T>(assets);
        var chargesBorrow = market.BorrowPerBar != T.Zero;
        var perGrowth = T.One; // 1/growth of the step before
        for (var step = 0; step < market.Steps; step++)
        {
            var row = step * assets;
            var held = state.Slice(row * PortfolioAccounting.StateWidth, assets);
            var weights = state.Slice(row * PortfolioAccounting.StateWidth + assets, assets);
            var gap = market.Gap.Slice(row, assets);
            var hold = market.Hold.Slice(row, assets);
            var targets = market.Targets.Slice(row, assets);
            var decided = market.Decided.Slice(row, assets);
            var before = step == 0 ? market.Initial : state.Slice(row * PortfolioAccounting.StateWidth - assets, assets);
            var earnedBefore = step == 0 ? [] : market.Hold.Slice(row - assets, assets);
            var gapSum = Vector<T>.Zero;
            for (var i = 0; i < assets; i += Vector<T>.Count)
            {
                var at = Math.Min(i, assets - Vector<T>.Count);
                var h = At(before, at);
                if (step > 0) h *= (Vector<T>.One + At(earnedBefore, at)) * perGrowth;
                Put(h, held, at);
                gapSum += (at == i ? all : last) & (h * At(gap, at));
            }

            var gapped = Vector.Sum(gapSum);
            var growth = T.One + gapped;
            var perGapGrowth = T.One / growth;
            Vector<T> turnovers = default, earnings = default, shorts = default;
            for (var i = 0; i < assets; i += Vector<T>.Count)
            {
                var at = Math.Min(i, assets - Vector<T>.Count);
                var counted = at == i ? all : last;
                var drifted = At(held, at) * ((Vector<T>.One + At(gap, at)) * perGapGrowth);
                var weight = Vector.ConditionalSelect(Vector.Equals(At(decided, at), Vector<T>.Zero), drifted, At(targets, at));
                Put(weight, weights, at);
                turnovers += counted & SmoothAbs.Value(weight - drifted, market.Epsilon);
                earnings += counted & (weight * At(hold, at));
                if (chargesBorrow) shorts += counted & (SmoothAbs.Value(weight, market.Epsilon) - weight);
            }

            var (turnover, earned) = (Vector.Sum(turnovers), Vector.Sum(earnings));
            var cost = market.CostFraction * turnover + market.BorrowPerBar * Vector.Sum(shorts) * T.CreateTruncating(0.5);
            perGrowth = T.One / PortfolioAccounting.Post(result.Slice(step * PortfolioAccounting.Columns, PortfolioAccounting.Columns), gapped, earned, cost, turnover);
        }
    }

    /// <summary><see cref="PortfolioAccounting.Backward"/>.</summary>
    /// <param name="market">As given to Forward.</param>
    /// <param name="result">As left by Forward.</param>
    /// <param name="state">As left by Forward.</param>
    /// <param name="resultGradient">dL/d(result), <c>[T, 4]</c>.</param>
    /// <param name="targetGradient">Added to, <c>[T·A]</c>.</param>
    /// <param name="heldGradient">Work space of length 2A; its first half holds dL/d(initial) at the end.</param>
    public static void Backward<T>(
        in AccountingInputs<T> market, ReadOnlySpan<T> result, ReadOnlySpan<T> state, ReadOnlySpan<T> resultGradient, Span<T> targetGradient, Span<T> heldGradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var assets = market.Assets;
        var (all, last) = Counted<T>(assets);
        var later = heldGradient[..assets];
        var drift = heldGradient.Slice(assets, assets);
        later.Clear();
        for (var step = market.Steps - 1; step >= 0; step--)
        {
            var row = step * assets;
            var held = state.Slice(row * PortfolioAccounting.StateWidth, assets);
            var weights = state.Slice(row * PortfolioAccounting.StateWidth + assets, assets);
            var gap = market.Gap.Slice(row, assets);
            var hold = market.Hold.Slice(row, assets);
            var decided = market.Decided.Slice(row, assets);
            Vector<T> gapSum = default, nextSum = default;
            for (var i = 0; i < assets; i += Vector<T>.Count)
            {
                var at = Math.Min(i, assets - Vector<T>.Count);
                var counted = at == i ? all : last;
                gapSum += counted & (At(held, at) * At(gap, at));
                nextSum += counted & (At(later, at) * At(weights, at) * (Vector<T>.One + At(hold, at)));
            }

            var slope = new StepSlope<T>(market, result.Slice(step * PortfolioAccounting.Columns, PortfolioAccounting.Columns),
                resultGradient.Slice(step * PortfolioAccounting.Columns, PortfolioAccounting.Columns), Vector.Sum(gapSum), Vector.Sum(nextSum));
            var target = targetGradient.Slice(row, assets);
            var growthSum = Vector<T>.Zero;
            for (var i = 0; i < assets; i += Vector<T>.Count)
            {
                var at = Math.Min(i, assets - Vector<T>.Count);
                var counted = at == i ? all : last;
                var weight = At(weights, at);
                var drifted = At(held, at) * ((Vector<T>.One + At(gap, at)) * slope.PerGrowth);
                var trade = SmoothAbs.Derivative(weight - drifted, market.Epsilon) * slope.Turnover;
                var change = At(later, at) * ((Vector<T>.One + At(hold, at)) * slope.PerAfterTrade) + At(hold, at) * slope.Earned + trade;
                if (slope.Shorted != T.Zero) change += (SmoothAbs.Derivative(weight, market.Epsilon) - Vector<T>.One) * slope.Shorted;
                var stays = Vector.Equals(At(decided, at), Vector<T>.Zero);
                Put(At<T>(target, at) + (counted & Vector.AndNot(change, stays)), target, at);
                var drifts = (stays & change) - trade;
                Put(drifts, drift, at);
                growthSum += counted & (drifts * drifted);
            }

            var growth = slope.Growth - Vector.Sum(growthSum) * slope.PerGrowth;
            for (var i = 0; i < assets; i += Vector<T>.Count)
            {
                var at = Math.Min(i, assets - Vector<T>.Count);
                Put(At<T>(drift, at) * ((Vector<T>.One + At(gap, at)) * slope.PerGrowth) + At(gap, at) * growth, later, at);
            }
        }
    }

    /// <summary>The lanes that count: of every vector but the last, and of the last, which reaches back.</summary>
    private static (Vector<T> All, Vector<T> Last) Counted<T>(int assets) where T : unmanaged, INumberBase<T>
    {
        var seen = (Vector<T>.Count - assets % Vector<T>.Count) % Vector<T>.Count;
        return (Vector<T>.AllBitsSet, Vector.GreaterThanOrEqual(Vector<T>.Indices, new Vector<T>(T.CreateTruncating(seen))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> At<T>(ReadOnlySpan<T> values, int at) where T : unmanaged => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(Vector<T> vector, Span<T> values, int at) where T : unmanaged => vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)at);
}

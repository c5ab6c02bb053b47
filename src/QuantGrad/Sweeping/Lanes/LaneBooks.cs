using System.Runtime.Intrinsics;
using QuantGrad.Training;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>
/// The accounting with exact |x| and the running figures for up to <see cref="LaneProgram.MostLanes"/> parameter sets at once:
/// <see cref="Accounting.PortfolioAccounting"/>'s formulas, one lane a parameter set. One for each window and thread.
/// </summary>
internal sealed unsafe class LaneBooks
{
    private const int Stride = LaneProgram.MostLanes;
    private const int Growth = 0, Turnover = 1, Trades = 2, Sum = 3, Squares = 4, Equity = 5, Peak = 6, Top = 7, Bottom = 8, Figures = 9;

    private readonly SweepMarket market;
    private readonly double* state;
    private readonly double* weights;
    private readonly double* factors;
    private readonly bool[] isOpen;
    private int lanes;
    private int rows;

    /// <summary>Books of a window.</summary>
    /// <param name="market">The market.</param>
    /// <param name="window">Decisions from the first to one past the last.</param>
    /// <param name="memory">Holds the books.</param>
    public LaneBooks(SweepMarket market, BarRange window, LaneMemory memory)
    {
        this.market = market;
        Window = window;
        state = memory.Take(Figures * Stride);
        weights = memory.Take(2 * market.Assets * Stride);
        factors = memory.Take(LaneProgram.BlockBars * Stride);
        isOpen = new bool[market.Assets];
    }

    /// <summary>The window.</summary>
    public BarRange Window { get; }

    /// <summary>Begins flat.</summary>
    /// <param name="used">Lanes.</param>
    public void Reset(int used)
    {
        (lanes, rows) = (used, 0);
        new Span<double>(state, Figures * Stride).Clear();
        foreach (var one in (ReadOnlySpan<int>)[Growth, Equity, Peak, Top, Bottom]) Of(one).Fill(1);
        new Span<double>(weights, 2 * market.Assets * Stride).Clear();
        Array.Clear(isOpen);
    }

    /// <summary>The figures of a lane.</summary>
    public SweepFigures FiguresOf(int lane) => new(
        rows, Of(Sum)[lane], Of(Squares)[lane], Of(Equity)[lane] - 1, Of(Bottom)[lane] / Of(Top)[lane] - 1, Of(Turnover)[lane], (int)Of(Trades)[lane]);

    /// <summary>Books the decisions of a stretch, which must follow the one before and be no longer than a block.</summary>
    /// <param name="first">The first decision's step.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="signals">For each symbol its signals, <c>[own bars of the block, lanes]</c>.</param>
    /// <param name="firstOwn">For each symbol the own bar that its signals begin with.</param>
    public void Advance(int first, int end, double*[] signals, int[] firstOwn)
    {
        if (market.Assets == 1 && lanes == Stride) AdvanceOne(first, end, signals[0], firstOwn[0]);
        for (var lane = 0; lane < lanes && (market.Assets > 1 || lanes < Stride); lane += VectorArithmetic.Lanes)
        {
            if (market.Assets == 1) AdvanceOne(first, end, signals[0], firstOwn[0], lane);
            else AdvanceAll(first, end, signals, firstOwn, lane);
        }

        for (var lane = 0; lane < lanes; lane += VectorArithmetic.Lanes) Sums(end - first, lane);
        rows += end - first;
    }

    /// <summary>One symbol: four vectors side by side, so that the division of one hides behind those of the others.</summary>
    private void AdvanceOne(int first, int end, double* signals, int firstOwn)
    {
        const int Next = VectorArithmetic.Lanes;
        var a = LaneAccount.Load(Of(Growth, 0), weights);
        var b = LaneAccount.Load(Of(Growth, Next), weights + Next);
        var c = LaneAccount.Load(Of(Growth, 2 * Next), weights + 2 * Next);
        var d = LaneAccount.Load(Of(Growth, 3 * Next), weights + 3 * Next);
        var factor = factors;
        var costs = market.Costs;
        var hasGap = market.HasGap;
        foreach (ref readonly var move in market.Moves.AsSpan(first, end - first))
        {
            var signal = signals + (move.OwnBar - firstOwn) * Stride;
            a.Step(move, hasGap, costs, signal).Store(factor);
            b.Step(move, hasGap, costs, signal + Next).Store(factor + Next);
            c.Step(move, hasGap, costs, signal + 2 * Next).Store(factor + 2 * Next);
            d.Step(move, hasGap, costs, signal + 3 * Next).Store(factor + 3 * Next);
            factor += Stride;
        }

        a.Store(Of(Growth, 0), weights);
        b.Store(Of(Growth, Next), weights + Next);
        c.Store(Of(Growth, 2 * Next), weights + 2 * Next);
        d.Store(Of(Growth, 3 * Next), weights + 3 * Next);
    }

    /// <summary>One symbol, one vector.</summary>
    private void AdvanceOne(int first, int end, double* signals, int firstOwn, int lane)
    {
        var account = LaneAccount.Load(Of(Growth, lane), weights + lane);
        var factor = factors + lane;
        var costs = market.Costs;
        foreach (ref readonly var move in market.Moves.AsSpan(first, end - first))
        {
            account.Step(move, market.HasGap, costs, signals + (move.OwnBar - firstOwn) * lanes + lane).Store(factor);
            factor += Stride;
        }

        account.Store(Of(Growth, lane), weights + lane);
    }

    /// <summary>Any number of symbols, one vector after the other.</summary>
    private void AdvanceAll(int first, int end, double*[] signals, int[] firstOwn, int lane)
    {
        var (zero, one) = (Vector512<double>.Zero, Vector512<double>.One);
        var (before, turnovers, trades) = (Vector512.Load(Of(Growth, lane)), Vector512.Load(Of(Turnover, lane)), Vector512.Load(Of(Trades, lane)));
        for (var step = first; step < end; step++)
        {
            var moves = market.Moves.AsSpan(step * market.Assets, market.Assets);
            Vector512<double> growth = one, turnover = zero, earned = zero, shorted = zero;
            for (var asset = 0; asset < market.Assets; asset++)
            {
                ref readonly var move = ref moves[asset];
                if (!(isOpen[asset] |= move.IsTraded)) continue;
                var weight = weights + 2 * asset * Stride + lane;
                var held = Vector512.Load(weight) * Vector512.Create(move.Grown) / before;
                held.Store(weight + Stride);
                growth += held * Vector512.Create(move.Gap);
            }

            for (var asset = 0; asset < market.Assets; asset++)
            {
                if (!isOpen[asset]) continue;
                ref readonly var move = ref moves[asset];
                var at = weights + 2 * asset * Stride + lane;
                var held = Vector512.Load(at + Stride);
                var drifted = market.HasGap ? held * Vector512.Create(1 + move.Gap) / growth : held;
                var weight = drifted;
                if (move.IsTraded)
                {
                    weight = move.Target(signals[asset] + (move.OwnBar - firstOwn[asset]) * lanes + lane);
                    turnover += Vector512.Abs(weight - drifted);
                    trades = LaneAccount.Count(trades, held, weight);
                }

                weight.Store(at);
                earned += weight * Vector512.Create(move.Hold);
                shorted += Vector512.MaxNative(-weight, zero);
            }

            var after = one + earned - Vector512.Create(market.Costs.CostFraction) * turnover - Vector512.Create(market.Costs.BorrowPerBar) * shorted;
            before = Vector512.MaxNative(after, Vector512.Create(LaneAccount.RuinGrowth));
            turnovers += turnover;
            (growth * after).Store(factors + (step - first) * Stride + lane);
        }

        before.Store(Of(Growth, lane));
        turnovers.Store(Of(Turnover, lane));
        trades.Store(Of(Trades, lane));
    }

    /// <summary>Figures of the returns of a stretch.</summary>
    private void Sums(int steps, int lane)
    {
        Vector512<double> sum = Vector512.Load(Of(Sum, lane)), squares = Vector512.Load(Of(Squares, lane)), equity = Vector512.Load(Of(Equity, lane));
        Vector512<double> peak = Vector512.Load(Of(Peak, lane)), top = Vector512.Load(Of(Top, lane)), bottom = Vector512.Load(Of(Bottom, lane));
        for (var step = 0; step < steps; step++)
        {
            var factor = Vector512.Load(factors + step * Stride + lane);
            var returned = factor - Vector512<double>.One;
            sum += returned;
            squares = Vector512.MultiplyAddEstimate(returned, returned, squares);
            equity *= factor;
            peak = Vector512.MaxNative(peak, equity);
            // equity/peak < bottom/top without a division or a branch.
            var isDeeper = Vector512.LessThan(equity * top, bottom * peak);
            bottom = Vector512.ConditionalSelect(isDeeper, equity, bottom);
            top = Vector512.ConditionalSelect(isDeeper, peak, top);
        }

        sum.Store(Of(Sum, lane));
        squares.Store(Of(Squares, lane));
        equity.Store(Of(Equity, lane));
        peak.Store(Of(Peak, lane));
        top.Store(Of(Top, lane));
        bottom.Store(Of(Bottom, lane));
    }

    private Span<double> Of(int figure) => new(state + figure * Stride, Stride);

    private double* Of(int figure, int lane) => state + figure * Stride + lane;
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantGrad.Accounting;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>The account of eight parameter sets in one symbol, in registers while it goes through a block.</summary>
internal unsafe struct LaneAccount
{
    /// <summary>Below this a portfolio's growth in one bar is ruin, as in <see cref="PortfolioAccounting"/>.</summary>
    public const double RuinGrowth = 1e-6;

    // 2^1000: the product of two tiny weights of one sign must not vanish.
    private const double Magnifier = 1.0715086071862673e301;

    private Vector512<double> growth;
    private Vector512<double> turnover;
    private Vector512<double> trades;
    private Vector512<double> weight;

    /// <summary>Takes up an account.</summary>
    /// <param name="figures">Growth; turnover and trades follow, each <see cref="LaneProgram.MostLanes"/> further.</param>
    /// <param name="weights">Weights after the last trade.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LaneAccount Load(double* figures, double* weights) => new()
    {
        growth = Vector512.Load(figures),
        turnover = Vector512.Load(figures + LaneProgram.MostLanes),
        trades = Vector512.Load(figures + 2 * LaneProgram.MostLanes),
        weight = Vector512.Load(weights),
    };

    /// <summary>Books one step and gives the factor by which the equity grows.</summary>
    /// <param name="move">What the symbol does.</param>
    /// <param name="hasGap">Whether there is a time between the close and the fill.</param>
    /// <param name="costs">Costs.</param>
    /// <param name="signal">The signals of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<double> Step(in SymbolMove move, bool hasGap, in TradingCosts costs, double* signal)
    {
        var one = Vector512<double>.One;
        var held = weight * Vector512.Create(move.Grown) / growth;
        var (gap, drifted) = (one, held);
        if (hasGap)
        {
            gap = one + held * Vector512.Create(move.Gap);
            drifted = held * Vector512.Create(1 + move.Gap) / gap;
        }

        weight = drifted;
        var after = one;
        if (move.IsTraded)
        {
            weight = move.Target(signal);
            var traded = Vector512.Abs(weight - drifted);
            turnover += traded;
            trades = Count(trades, held, weight);
            after = Vector512.MultiplyAddEstimate(traded, Vector512.Create(-costs.CostFraction), after);
        }

        after = Vector512.MultiplyAddEstimate(weight, Vector512.Create(move.Hold), after);
        if (costs.BorrowPerBar != 0) after -= Vector512.Create(costs.BorrowPerBar) * Vector512.MaxNative(-weight, Vector512<double>.Zero);
        growth = Vector512.MaxNative(after, Vector512.Create(RuinGrowth));
        return hasGap ? gap * after : after;
    }

    /// <summary>Adds one where a position is opened or turned round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Count(Vector512<double> trades, Vector512<double> held, Vector512<double> weight)
    {
        var turns = Vector512.LessThanOrEqual(weight * Vector512.Create(Magnifier) * held, Vector512<double>.Zero) & ~Vector512.Equals(weight, Vector512<double>.Zero);
        return Vector512.ConditionalSelect(turns, trades + Vector512<double>.One, trades);
    }

    /// <summary>Lays the account down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(double* figures, double* weights)
    {
        growth.Store(figures);
        turnover.Store(figures + LaneProgram.MostLanes);
        trades.Store(figures + 2 * LaneProgram.MostLanes);
        weight.Store(weights);
    }
}

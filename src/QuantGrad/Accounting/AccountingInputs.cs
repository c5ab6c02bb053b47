using System.Numerics;

namespace QuantGrad.Accounting;

/// <summary>What the accounting reads; every span is time-major <c>[T, A]</c> unless said.</summary>
/// <typeparam name="T">float in training, double in evaluation.</typeparam>
internal readonly ref struct AccountingInputs<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A.</summary>
    public required int Assets { get; init; }

    /// <summary>Weights decided at each step, as fractions of equity.</summary>
    public required ReadOnlySpan<T> Targets { get; init; }

    /// <summary>1 where the target is traded to; 0 where there is nothing to trade on, and what is held stays.</summary>
    public required ReadOnlySpan<T> Decided { get; init; }

    /// <summary>Return of what is held before the trade of the step.</summary>
    public required ReadOnlySpan<T> Gap { get; init; }

    /// <summary>Return of the new weights after the trade.</summary>
    public required ReadOnlySpan<T> Hold { get; init; }

    /// <summary>Weights held when the first step begins, <c>[A]</c>.</summary>
    public required ReadOnlySpan<T> Initial { get; init; }

    /// <summary>κ of <see cref="TradingCosts.CostFraction"/>.</summary>
    public required T CostFraction { get; init; }

    /// <summary>β of <see cref="TradingCosts.BorrowPerBar"/>.</summary>
    public required T BorrowPerBar { get; init; }

    /// <summary>ε of the smoothed |x|; 0 for the exact one.</summary>
    public required T Epsilon { get; init; }

    /// <summary>T.</summary>
    public int Steps => Targets.Length / Assets;
}

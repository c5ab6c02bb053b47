using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>What a symbol does at a step, the same for every parameter set: all that the books of a sweep read, side by side.</summary>
/// <param name="Grown">1 + return since the last fill of what was held.</param>
/// <param name="Gap">Return from the close to the fill.</param>
/// <param name="Hold">Return from the fill on.</param>
/// <param name="Size">Weight of a signal of 1.</param>
/// <param name="OwnBar">The symbol's own bar; 0 where it has none.</param>
/// <param name="Kind">What is traded to.</param>
internal readonly record struct SymbolMove(double Grown, double Gap, double Hold, double Size, int OwnBar, TargetKind Kind)
{
    /// <summary>Whether a target is traded to.</summary>
    public bool IsTraded => Kind != TargetKind.None;

    /// <summary>The target weights: the signals times the size, or nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe Vector512<double> Target(double* signal) =>
        Kind == TargetKind.Signal ? Vector512.Load(signal) * Vector512.Create(Size) : Vector512<double>.Zero;
}

/// <summary>What is traded to.</summary>
internal enum TargetKind : byte
{
    /// <summary>Nothing is traded; what is held drifts.</summary>
    None,

    /// <summary>The signal times the size.</summary>
    Signal,

    /// <summary>A symbol that is gone is closed.</summary>
    Flat,
}

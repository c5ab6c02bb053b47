using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantGrad.Accounting;

/// <summary>
/// φ(x) = √(x² + ε²) − ε: |x| without its kink, so that the cost of a trade has a gradient and a flat position still pays nothing.
/// With ε = 0 it is |x| exactly, which is what evaluation uses.
/// </summary>
internal static class SmoothAbs
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Value<T>(T x, T epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        epsilon == T.Zero ? T.Abs(x) : T.Sqrt(x * x + epsilon * epsilon) - epsilon;

    /// <summary>φ′(x) = x/√(x² + ε²); sign(x), and 0 at 0, where ε = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Derivative<T>(T x, T epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        epsilon != T.Zero ? x / T.Sqrt(x * x + epsilon * epsilon)
        : x > T.Zero ? T.One
        : x < T.Zero ? -T.One : T.Zero;

    /// <summary>φ lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, T epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Vector.SquareRoot(x * x + new Vector<T>(epsilon * epsilon)) - new Vector<T>(epsilon);

    /// <summary>φ′ lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Derivative<T>(Vector<T> x, T epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var root = Vector.SquareRoot(x * x + new Vector<T>(epsilon * epsilon));
        return Vector.AndNot(x / root, Vector.Equals(root, Vector<T>.Zero));
    }
}

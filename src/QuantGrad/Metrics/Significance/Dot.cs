using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantGrad.Metrics.Significance;

/// <summary>Dot products in a fixed order of eight lanes, so that every machine gives the same bits.</summary>
internal static class Dot
{
    /// <summary>Σ a_i·b_i.</summary>
    /// <param name="a">First factor, <c>[n]</c>.</param>
    /// <param name="b">Second factor, <c>[n]</c>.</param>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector512<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector512<double>>(b)[..wideA.Length];
        var lanes = Vector512<double>.Zero;
        for (var i = 0; i < wideA.Length; i++) lanes += wideA[i] * wideB[i];
        var sum = 0.0;
        for (var lane = 0; lane < Vector512<double>.Count; lane++) sum += lanes.GetElement(lane);
        for (var i = wideA.Length * Vector512<double>.Count; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The same in the order of the rows, to compare with.</summary>
    /// <param name="a">First factor, <c>[n]</c>.</param>
    /// <param name="b">Second factor, <c>[n]</c>.</param>
    public static double Plain(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}

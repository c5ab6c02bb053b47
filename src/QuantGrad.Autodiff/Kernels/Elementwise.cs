using System.Runtime.CompilerServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>A formula of one or two values, written once for every vector width.</summary>
internal interface IFormula
{
    /// <summary>What becomes of x (and of y, where the formula has two arguments).</summary>
    static abstract V Apply<V>(V x, V y) where V : struct, ILanes<V>;
}

/// <summary>Formulas over spans, at the machine's vector width.</summary>
internal static unsafe class Elementwise
{
    /// <summary>z = f(x, y) value by value; z may be x or y. The lengths are equal.</summary>
    internal static void Map<F>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) where F : struct, IFormula => Map<F>(x, y, z, Simd.Machine);

    /// <summary>The same at a chosen width.</summary>
    internal static void Map<F>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z, Simd simd) where F : struct, IFormula
    {
        fixed (float* px = x, py = y, pz = z)
        {
            if (simd.Bits == 512) Map<F, Lanes16>(px, py, pz, z.Length);
            else if (simd.Bits == 256) Map<F, Lanes8>(px, py, pz, z.Length);
            else Map<F, Lanes4>(px, py, pz, z.Length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<F, V>(float* x, float* y, float* z, int count) where F : struct, IFormula where V : struct, ILanes<V>
    {
        var i = 0;
        for (; i + Twice<V>.Count <= count; i += Twice<V>.Count) F.Apply(Twice<V>.Load(x + i), Twice<V>.Load(y + i)).Store(z + i);
        for (; i + V.Count <= count; i += V.Count) F.Apply(V.Load(x + i), V.Load(y + i)).Store(z + i);
        if (i == count) return;
        var tail = stackalloc float[32]; // the last, partly filled vector
        new ReadOnlySpan<float>(x + i, count - i).CopyTo(new Span<float>(tail, 16));
        new ReadOnlySpan<float>(y + i, count - i).CopyTo(new Span<float>(tail + 16, 16));
        F.Apply(V.Load(tail), V.Load(tail + 16)).Store(tail);
        new ReadOnlySpan<float>(tail, count - i).CopyTo(new Span<float>(z + i, count - i));
    }
}

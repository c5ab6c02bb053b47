using System.Numerics;
using System.Runtime.InteropServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>Elementary vector operations over spans, in either precision, with a fixed order of summation.</summary>
internal static class Spans
{
    /// <summary>y += x.</summary>
    internal static void Add<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = Vectors(x, y, out var xs, out var ys);
        for (var v = 0; v < ys.Length; v++) ys[v] += xs[v];
        for (; i < x.Length; i++) y[i] += x[i];
    }

    /// <summary>y += factor·x.</summary>
    internal static void AddScaled<T>(T factor, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = Vectors(x, y, out var xs, out var ys);
        for (var v = 0; v < ys.Length; v++) ys[v] += xs[v] * factor;
        for (; i < x.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>y = x·f.</summary>
    internal static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> f, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = Vectors(x, y, out var xs, out var ys);
        var fs = MemoryMarshal.Cast<T, Vector<T>>(f);
        for (var v = 0; v < ys.Length; v++) ys[v] = xs[v] * fs[v];
        for (; i < x.Length; i++) y[i] = x[i] * f[i];
    }

    /// <summary>y += x·f.</summary>
    internal static void AddProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> f, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = Vectors(x, y, out var xs, out var ys);
        var fs = MemoryMarshal.Cast<T, Vector<T>>(f);
        for (var v = 0; v < ys.Length; v++) ys[v] += xs[v] * fs[v];
        for (; i < x.Length; i++) y[i] += x[i] * f[i];
    }

    /// <summary>y = factor·x.</summary>
    internal static void Scale<T>(T factor, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = Vectors(x, y, out var xs, out var ys);
        for (var v = 0; v < ys.Length; v++) ys[v] = xs[v] * factor;
        for (; i < x.Length; i++) y[i] = factor * x[i];
    }

    /// <summary>Σ x·y.</summary>
    internal static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        var ys = MemoryMarshal.Cast<T, Vector<T>>(y);
        var sums = Vector<T>.Zero;
        for (var v = 0; v < xs.Length; v++) sums += xs[v] * ys[v];
        var sum = Vector.Sum(sums);
        for (var i = xs.Length * Vector<T>.Count; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>Σ x.</summary>
    internal static T Sum<T>(ReadOnlySpan<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        var sums = Vector<T>.Zero;
        foreach (var v in xs) sums += v;
        var sum = Vector.Sum(sums);
        for (var i = xs.Length * Vector<T>.Count; i < x.Length; i++) sum += x[i];
        return sum;
    }

    private static int Vectors<T>(ReadOnlySpan<T> x, Span<T> y, out ReadOnlySpan<Vector<T>> xs, out Span<Vector<T>> ys) where T : unmanaged
    {
        xs = MemoryMarshal.Cast<T, Vector<T>>(x);
        ys = MemoryMarshal.Cast<T, Vector<T>>(y[..x.Length]);
        return ys.Length * Vector<T>.Count;
    }
}

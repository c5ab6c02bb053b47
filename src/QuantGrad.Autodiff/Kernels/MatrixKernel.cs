using System.Numerics;
using System.Runtime.InteropServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>Products of row-major matrices.</summary>
internal static class MatrixKernel
{
    /// <summary>z = x·w + b, x <c>[rows, inputs]</c>, w <c>[inputs, outputs]</c>, b <c>[outputs]</c>.</summary>
    internal static void Affine<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> z, int rows, int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows; row++)
        {
            var target = z.Slice(row * outputs, outputs);
            b[..outputs].CopyTo(target);
            for (var k = 0; k < inputs; k++) AddScaled(x[row * inputs + k], w.Slice(k * outputs, outputs), target);
        }
    }

    /// <summary>dw += xᵀ·dz, x <c>[rows, inputs]</c>, dz <c>[rows, outputs]</c>.</summary>
    internal static void AddTransposedProduct<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, int rows, int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows; row++)
            for (var k = 0; k < inputs; k++)
                AddScaled(x[row * inputs + k], dz.Slice(row * outputs, outputs), dw.Slice(k * outputs, outputs));
    }

    /// <summary>dx += dz·wᵀ, dz <c>[rows, outputs]</c>, w <c>[inputs, outputs]</c>.</summary>
    internal static void AddProductWithTransposed<T>(ReadOnlySpan<T> dz, ReadOnlySpan<T> w, Span<T> dx, int rows, int outputs, int inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows; row++)
            for (var k = 0; k < inputs; k++)
                dx[row * inputs + k] += Dot(dz.Slice(row * outputs, outputs), w.Slice(k * outputs, outputs));
    }

    /// <summary>sums[j] += Σ over rows of z[·, j].</summary>
    internal static void AddColumnSums<T>(ReadOnlySpan<T> z, Span<T> sums, int rows, int width) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var row = 0; row < rows; row++) AddScaled(T.One, z.Slice(row * width, width), sums[..width]);
    }

    private static void AddScaled<T>(T factor, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        if (y.Length >= Vector<T>.Count)
        {
            var xs = MemoryMarshal.Cast<T, Vector<T>>(x);
            var ys = MemoryMarshal.Cast<T, Vector<T>>(y);
            for (var v = 0; v < ys.Length; v++) ys[v] += xs[v] * factor;
            i = ys.Length * Vector<T>.Count;
        }

        for (; i < y.Length; i++) y[i] += factor * x[i];
    }

    private static T Dot<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sum = T.Zero;
        var i = 0;
        if (y.Length >= Vector<T>.Count)
        {
            var xs = MemoryMarshal.Cast<T, Vector<T>>(x);
            var ys = MemoryMarshal.Cast<T, Vector<T>>(y);
            var sums = Vector<T>.Zero;
            for (var v = 0; v < ys.Length; v++) sums += ys[v] * xs[v];
            sum = Vector.Sum(sums);
            i = ys.Length * Vector<T>.Count;
        }

        for (; i < y.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}

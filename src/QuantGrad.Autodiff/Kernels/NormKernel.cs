using System.Numerics;
using System.Runtime.InteropServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>One row of a normalisation.</summary>
internal static class NormKernel
{
    /// <summary>The mean and 1/√(variance + ε) of a row.</summary>
    internal static (T Mean, T Scale) Moments<T>(ReadOnlySpan<T> x, T epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var count = T.CreateTruncating(x.Length);
        var mean = Spans.Sum(x) / count;
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(x);
        var (means, squares) = (new Vector<T>(mean), Vector<T>.Zero);
        foreach (var v in vectors) squares += (v - means) * (v - means);
        var square = Vector.Sum(squares);
        foreach (var value in x[(vectors.Length * Vector<T>.Count)..]) square += (value - mean) * (value - mean);
        return (mean, T.One / T.Sqrt(square / count + epsilon));
    }

    /// <summary>y = gain·(x − mean)·scale + shift.</summary>
    internal static void Forward<T>(ReadOnlySpan<T> x, T mean, T scale, ReadOnlySpan<T> gain, ReadOnlySpan<T> shift, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count)
            ((new Vector<T>(x[i..]) - new Vector<T>(mean)) * scale * new Vector<T>(gain[i..]) + new Vector<T>(shift[i..])).CopyTo(y[i..]);
        for (; i < x.Length; i++) y[i] = (x[i] - mean) * scale * gain[i] + shift[i];
    }

    /// <summary>z = (x − mean)/deviation, column by column.</summary>
    internal static void Divide<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> mean, ReadOnlySpan<T> deviation, Span<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count) ((new Vector<T>(x[i..]) - new Vector<T>(mean[i..])) / new Vector<T>(deviation[i..])).CopyTo(z[i..]);
        for (; i < x.Length; i++) z[i] = (x[i] - mean[i]) / deviation[i];
    }

    /// <summary>z = (x − mean)·scale.</summary>
    internal static void Standardise<T>(ReadOnlySpan<T> x, T mean, T scale, Span<T> z) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + Vector<T>.Count <= x.Length; i += Vector<T>.Count) ((new Vector<T>(x[i..]) - new Vector<T>(mean)) * scale).CopyTo(z[i..]);
        for (; i < x.Length; i++) z[i] = (x[i] - mean) * scale;
    }

    /// <summary>dx = or += scale·(slope − mean(slope) − z·mean(slope·z)), with z the standardised row and slope = dy·gain.</summary>
    internal static void Backward<T>(ReadOnlySpan<T> slope, ReadOnlySpan<T> z, T meanSlope, T meanProduct, T scale, Span<T> dx, bool add)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + Vector<T>.Count <= dx.Length; i += Vector<T>.Count)
        {
            var change = (new Vector<T>(slope[i..]) - new Vector<T>(meanSlope) - new Vector<T>(z[i..]) * meanProduct) * scale;
            (add ? new Vector<T>(dx[i..]) + change : change).CopyTo(dx[i..]);
        }

        for (; i < dx.Length; i++)
        {
            var change = (slope[i] - meanSlope - z[i] * meanProduct) * scale;
            dx[i] = add ? dx[i] + change : change;
        }
    }
}

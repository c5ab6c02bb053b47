using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>
/// The three products of a layer z = x·W + b and its gradients, W <c>[inputs, outputs]</c>: forwards, to the input, and to the weights. The kernels
/// behind them are chosen by the width; <see cref="MatrixKernel"/> is the plain version.
/// </summary>
internal readonly unsafe struct Product
{
    private readonly int inputs;
    private readonly int outputs;
    private readonly Simd simd;

    internal Product(int inputs, int outputs) : this(inputs, outputs, Simd.Machine)
    {
    }

    internal Product(int inputs, int outputs, Simd simd) => (this.inputs, this.outputs, this.simd) = (inputs, outputs, simd);

    /// <summary>Whether x and z lie beyond the caches, so that the kernels ask for their rows some time before they need them. No result depends on it.</summary>
    internal bool FetchesAhead { get; init; }

    /// <summary>Values that W and Wᵀ take in packed form, on any machine and in either precision.</summary>
    internal static int PackedLength(int inputs, int outputs) =>
        PackedMatrix<float>.Of(inputs, outputs, Simd.Avx512).Length + PackedMatrix<float>.Of(outputs, inputs, Simd.Avx512).Length;

    /// <summary>Rearranges W and b.</summary>
    internal void PackForward<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> b, Span<T> packed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var matrix = PackedMatrix<T>.Of(inputs, outputs, simd);
        if (IsHead<T>())
        {
            w.CopyTo(packed);
            packed[inputs] = b[0];
        }
        else matrix.Pack(w, transposed: false, b, packed);
    }

    /// <summary>Rearranges Wᵀ, behind what <see cref="PackForward"/> wrote.</summary>
    internal void PackBackward<T>(ReadOnlySpan<T> w, Span<T> packed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsHead<T>()) PackedMatrix<T>.Of(outputs, inputs, simd).Pack(w, transposed: true, [], packed[Split<T>()..]);
    }

    /// <summary>z = x·W + b.</summary>
    internal void Forward<T>(ReadOnlySpan<T> x, Span<T> packed, Span<T> z, int rows, TileEnd end = TileEnd.StoreWithBias) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* px = x, pw = packed, pz = z)
        {
            if (IsHead<T>()) HeadKernel.Forward((float*)px, (float*)pw, *(float*)(pw + inputs), (float*)pz, rows, inputs, simd);
            else PackedMatrix<T>.Of(inputs, outputs, simd).Multiply(px, pw, pz, rows, end, FetchesAhead);
        }
    }

    /// <summary>Whether <see cref="Backward"/> can take the slope of tanh with it.</summary>
    internal bool FusesTanhSlope => outputs <= PackedMatrix<float>.MostProducts;

    /// <summary>dx = dz·Wᵀ, or dx += dz·Wᵀ; with the values y of a tanh, dx = (dz·Wᵀ)·(1 − y²).</summary>
    internal void Backward<T>(ReadOnlySpan<T> dz, Span<T> packed, Span<T> dx, int rows, bool add, ReadOnlySpan<T> y = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var end = add ? TileEnd.Add : y.IsEmpty ? TileEnd.Store : TileEnd.StoreTimesTanhSlope;
        fixed (T* pz = dz, pw = packed, px = dx, py = y)
        {
            if (IsHead<T>()) HeadKernel.Spread((float*)pz, (float*)pw, (float*)px, (float*)py, rows, inputs, add, simd);
            else PackedMatrix<T>.Of(outputs, inputs, simd).Multiply(pz, pw + Split<T>(), px, rows, end, fetchesAhead: false, py);
        }
    }

    /// <summary>dW += xᵀ·dz and db += Σ dz, either where it is not empty.</summary>
    internal void AddGradients<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dz, Span<T> dw, Span<T> db, int rows) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (dw.IsEmpty)
        {
            if (!db.IsEmpty) MatrixKernel.AddColumnSums(dz, db, rows, outputs);
            return;
        }

        fixed (T* px = x, pz = dz, pw = dw, pb = db)
        {
            if (IsHead<T>()) HeadKernel.AddGradients((float*)px, (float*)pz, (float*)pw, (float*)pb, rows, inputs, simd);
            else PackedMatrix<T>.Of(inputs, outputs, simd).AddGradients(px, pz, pw, pb, rows, FetchesAhead);
        }
    }

    /// <summary>One output in float: a vector product, not a matrix one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsHead<T>() => typeof(T) == typeof(float) && outputs == 1;

    /// <summary>For messages.</summary>
    public override string ToString() => $"{inputs} to {outputs}, {simd.Bits} bits{(FetchesAhead ? ", fetching ahead" : "")}";

    private int Split<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => PackedMatrix<T>.Of(inputs, outputs, simd).Length;
}

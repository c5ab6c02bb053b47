using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>The products of a layer with one output, whose matrix is a vector: lanes lie along the inputs.</summary>
internal static unsafe class HeadKernel
{
    /// <summary>z[row] = x[row]·w + b.</summary>
    internal static void Forward(float* x, float* w, float b, float* z, int rows, int inputs, Simd simd)
    {
        if (simd.Bits == 512) Forward<Lanes16>(x, w, b, z, rows, inputs);
        else if (simd.Bits == 256) Forward<Lanes8>(x, w, b, z, rows, inputs);
        else Forward<Lanes4>(x, w, b, z, rows, inputs);
    }

    /// <summary>dx[row] = or += dz[row]·w; with the values y of a tanh, dx[row] = dz[row]·w·(1 − y²).</summary>
    internal static void Spread(float* dz, float* w, float* dx, float* y, int rows, int inputs, bool add, Simd simd)
    {
        if (simd.Bits == 512) Spread<Lanes16>(dz, w, dx, y, rows, inputs, add);
        else if (simd.Bits == 256) Spread<Lanes8>(dz, w, dx, y, rows, inputs, add);
        else Spread<Lanes4>(dz, w, dx, y, rows, inputs, add);
    }

    /// <summary>dw += Σ dz[row]·x[row] and, where wanted, db += Σ dz.</summary>
    internal static void AddGradients(float* x, float* dz, float* dw, float* db, int rows, int inputs, Simd simd)
    {
        if (simd.Bits == 512) AddGradients<Lanes16>(x, dz, dw, rows, inputs);
        else if (simd.Bits == 256) AddGradients<Lanes8>(x, dz, dw, rows, inputs);
        else AddGradients<Lanes4>(x, dz, dw, rows, inputs);
        if (db is not null) *db += Spans.Sum(new ReadOnlySpan<float>(dz, rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<V>(float* x, float* w, float b, float* z, int rows, int inputs) where V : struct, ILanes<V>
    {
        var row = 0;
        for (; row + 4 <= rows; row += 4, x += 4 * inputs) // four rows share the turning of lanes into sums
        {
            V s0 = V.Spread(0), s1 = s0, s2 = s0, s3 = s0;
            var k = 0;
            for (; k + V.Count <= inputs; k += V.Count)
            {
                var weight = V.Load(w + k);
                s0 = V.FusedMultiplyAdd(V.Load(x + k), weight, s0);
                s1 = V.FusedMultiplyAdd(V.Load(x + inputs + k), weight, s1);
                s2 = V.FusedMultiplyAdd(V.Load(x + 2 * inputs + k), weight, s2);
                s3 = V.FusedMultiplyAdd(V.Load(x + 3 * inputs + k), weight, s3);
            }

            var sums = SumEach(s0.Quarter(), s1.Quarter(), s2.Quarter(), s3.Quarter()) + Vector128.Create(b);
            for (; k < inputs; k++) sums += Vector128.Create(x[k], x[inputs + k], x[2 * inputs + k], x[3 * inputs + k]) * w[k];
            sums.Store(z + row);
        }

        for (; row < rows; row++, x += inputs)
        {
            var sum = b;
            for (var k = 0; k < inputs; k++) sum += x[k] * w[k];
            z[row] = sum;
        }
    }

    /// <summary>The sum of each of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumEach(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported) return Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));
        var ab = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b); // a₀+a₂, b₀+b₂, a₁+a₃, b₁+b₃
        var cd = Sse.UnpackLow(c, d) + Sse.UnpackHigh(c, d);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<V>(float* dz, float* w, float* dx, float* y, int rows, int inputs, bool add) where V : struct, ILanes<V>
    {
        var k = 0;
        for (; k + V.Count <= inputs; k += V.Count) // down the rows, the vector of weights in a register
        {
            var weight = V.Load(w + k);
            var place = (long)k;
            if (y is not null)
                for (var row = 0; row < rows; row++, place += inputs) TanhSlope.Apply(V.Spread(dz[row]) * weight, V.Load(y + place)).Store(dx + place);
            else if (add)
                for (var row = 0; row < rows; row++, place += inputs) V.FusedMultiplyAdd(V.Spread(dz[row]), weight, V.Load(dx + place)).Store(dx + place);
            else
                for (var row = 0; row < rows; row++, place += inputs) (V.Spread(dz[row]) * weight).Store(dx + place);
        }

        for (; k < inputs; k++)
        {
            var place = (long)k;
            for (var row = 0; row < rows; row++, place += inputs)
            {
                var product = dz[row] * w[k] * (y is null ? 1 : 1 - y[place] * y[place]);
                dx[place] = add ? dx[place] + product : product;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradients<V>(float* x, float* dz, float* dw, int rows, int inputs) where V : struct, ILanes<V>
    {
        var k = 0;
        for (; k + V.Count <= inputs; k += V.Count)
        {
            V s0 = V.Spread(0), s1 = s0, s2 = s0, s3 = s0; // four sums side by side hide the adder's latency
            var at = x + k;
            var row = 0;
            for (; row + 4 <= rows; row += 4, at += 4 * inputs)
            {
                s0 = V.FusedMultiplyAdd(V.Spread(dz[row]), V.Load(at), s0);
                s1 = V.FusedMultiplyAdd(V.Spread(dz[row + 1]), V.Load(at + inputs), s1);
                s2 = V.FusedMultiplyAdd(V.Spread(dz[row + 2]), V.Load(at + 2 * inputs), s2);
                s3 = V.FusedMultiplyAdd(V.Spread(dz[row + 3]), V.Load(at + 3 * inputs), s3);
            }

            for (; row < rows; row++, at += inputs) s0 = V.FusedMultiplyAdd(V.Spread(dz[row]), V.Load(at), s0);
            (V.Load(dw + k) + (s0 + s1 + (s2 + s3))).Store(dw + k);
        }

        for (; k < inputs; k++)
        {
            var sum = 0f;
            for (var row = 0; row < rows; row++) sum += dz[row] * x[(long)row * inputs + k];
            dw[k] += sum;
        }
    }
}

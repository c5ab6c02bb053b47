using System.Runtime.CompilerServices;

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

    /// <summary>dx[row] = or += dz[row]·w.</summary>
    internal static void Spread(float* dz, float* w, float* dx, int rows, int inputs, bool add, Simd simd)
    {
        if (simd.Bits == 512) Spread<Lanes16>(dz, w, dx, rows, inputs, add);
        else if (simd.Bits == 256) Spread<Lanes8>(dz, w, dx, rows, inputs, add);
        else Spread<Lanes4>(dz, w, dx, rows, inputs, add);
    }

    /// <summary>dw += Σ dz[row]·x[row] and, where wanted, db += Σ dz.</summary>
    internal static void AddGradients(float* x, float* dz, float* dw, float* db, int rows, int inputs, Simd simd)
    {
        if (simd.Bits == 512) AddGradients<Lanes16>(x, dz, dw, rows, inputs);
        else if (simd.Bits == 256) AddGradients<Lanes8>(x, dz, dw, rows, inputs);
        else AddGradients<Lanes4>(x, dz, dw, rows, inputs);
        if (db is null) return;
        float a = 0, b = 0, c = 0, d = 0; // four sums side by side hide the adder's latency
        var row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            a += dz[row];
            b += dz[row + 1];
            c += dz[row + 2];
            d += dz[row + 3];
        }

        for (; row < rows; row++) a += dz[row];
        *db += a + b + (c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<V>(float* x, float* w, float b, float* z, int rows, int inputs) where V : struct, ILanes<V>
    {
        for (var row = 0; row < rows; row++, x += inputs)
        {
            var sums = V.Spread(0);
            var k = 0;
            for (; k + V.Count <= inputs; k += V.Count) sums = V.FusedMultiplyAdd(V.Load(x + k), V.Load(w + k), sums);
            var sum = sums.Sum() + b;
            for (; k < inputs; k++) sum += x[k] * w[k];
            z[row] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread<V>(float* dz, float* w, float* dx, int rows, int inputs, bool add) where V : struct, ILanes<V>
    {
        for (var row = 0; row < rows; row++, dx += inputs)
        {
            var slope = V.Spread(dz[row]);
            var k = 0;
            for (; k + V.Count <= inputs; k += V.Count)
                (add ? V.FusedMultiplyAdd(slope, V.Load(w + k), V.Load(dx + k)) : slope * V.Load(w + k)).Store(dx + k);
            for (; k < inputs; k++) dx[k] = add ? dx[k] + dz[row] * w[k] : dz[row] * w[k];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddGradients<V>(float* x, float* dz, float* dw, int rows, int inputs) where V : struct, ILanes<V>
    {
        var k = 0;
        for (; k + V.Count <= inputs; k += V.Count)
        {
            V even = V.Spread(0), odd = V.Spread(0);
            var at = x + k;
            var row = 0;
            for (; row + 2 <= rows; row += 2, at += 2 * inputs)
            {
                even = V.FusedMultiplyAdd(V.Spread(dz[row]), V.Load(at), even);
                odd = V.FusedMultiplyAdd(V.Spread(dz[row + 1]), V.Load(at + inputs), odd);
            }

            if (row < rows) even = V.FusedMultiplyAdd(V.Spread(dz[row]), V.Load(at), even);
            (V.Load(dw + k) + (even + odd)).Store(dw + k);
        }

        for (; k < inputs; k++)
        {
            var sum = 0f;
            for (var row = 0; row < rows; row++) sum += dz[row] * x[(long)row * inputs + k];
            dw[k] += sum;
        }
    }
}

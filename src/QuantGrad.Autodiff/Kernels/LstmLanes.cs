using System.Runtime.CompilerServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>The cells of one step of an LSTM in one vector pass over the units; <see cref="LstmCell"/> is the plain version and takes the units left over.</summary>
internal static unsafe class LstmLanes
{
    /// <summary>Rows of gates i, f, o, g (each n wide) into c, tanh c and h; a null c before is zero. Returns how many units of each row were done.</summary>
    internal static int Forward(float* z, float* before, float* c, float* squashed, float* h, int rows, int n) =>
        Simd.Machine.Bits == 512 ? Forward<Lanes16>(z, before, c, squashed, h, rows, n)
        : Simd.Machine.Bits == 256 ? Forward<Lanes8>(z, before, c, squashed, h, rows, n) : Forward<Lanes4>(z, before, c, squashed, h, rows, n);

    /// <summary>dz of the gates; dc becomes that of the cell before. Returns how many units of each row were done.</summary>
    internal static int Backward(float* gates, float* before, float* squashed, float* dh, float* dc, float* dz, int rows, int n) =>
        Simd.Machine.Bits == 512 ? Backward<Lanes16>(gates, before, squashed, dh, dc, dz, rows, n)
        : Simd.Machine.Bits == 256 ? Backward<Lanes8>(gates, before, squashed, dh, dc, dz, rows, n) : Backward<Lanes4>(gates, before, squashed, dh, dc, dz, rows, n);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Forward<V>(float* z, float* before, float* c, float* squashed, float* h, int rows, int n) where V : struct, ILanes<V>
    {
        var done = n / V.Count * V.Count;
        for (var row = 0; row < rows; row++, z += 4 * n, c += n, squashed += n, h += n)
        {
            for (var k = 0; k < done; k += V.Count)
            {
                V i = Sigmoid(V.Load(z + k)), f = Sigmoid(V.Load(z + n + k)), o = Sigmoid(V.Load(z + 2 * n + k)), g = Tanh(V.Load(z + 3 * n + k));
                var cell = i * g;
                if (before is not null) cell = V.FusedMultiplyAdd(f, V.Load(before + k), cell);
                var tanh = Tanh(cell);
                i.Store(z + k);
                f.Store(z + n + k);
                o.Store(z + 2 * n + k);
                g.Store(z + 3 * n + k);
                cell.Store(c + k);
                tanh.Store(squashed + k);
                (o * tanh).Store(h + k);
            }

            if (before is not null) before += n;
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Backward<V>(float* gates, float* before, float* squashed, float* dh, float* dc, float* dz, int rows, int n) where V : struct, ILanes<V>
    {
        var done = n / V.Count * V.Count;
        var one = V.Spread(1);
        for (var row = 0; row < rows; row++, gates += 4 * n, dz += 4 * n, squashed += n, dh += n, dc += n)
        {
            for (var k = 0; k < done; k += V.Count)
            {
                V i = V.Load(gates + k), f = V.Load(gates + n + k), o = V.Load(gates + 2 * n + k), g = V.Load(gates + 3 * n + k);
                V tanh = V.Load(squashed + k), slope = V.Load(dh + k);
                var cell = V.FusedMultiplyAdd(slope * o, one - tanh * tanh, V.Load(dc + k));
                (cell * g * (i - i * i)).Store(dz + k);
                (before is null ? V.Spread(0) : cell * V.Load(before + k) * (f - f * f)).Store(dz + n + k);
                (slope * tanh * (o - o * o)).Store(dz + 2 * n + k);
                (cell * i * (one - g * g)).Store(dz + 3 * n + k);
                (cell * f).Store(dc + k);
            }

            if (before is not null) before += n;
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tanh<V>(V x) where V : struct, ILanes<V> => TanhFormula.Apply(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sigmoid<V>(V x) where V : struct, ILanes<V> => SigmoidFormula.Apply(x, x);
}

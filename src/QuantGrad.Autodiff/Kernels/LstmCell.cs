using System.Numerics;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>The cells of one step of an LSTM, row by row; gates lie as i, f, o, g of n values each.</summary>
internal static unsafe class LstmCell
{
    /// <summary>Turns z into the gates and computes c, tanh c and h; an empty c before is zero.</summary>
    internal static void Forward<T>(Span<T> z, ReadOnlySpan<T> before, Span<T> c, Span<T> squashed, Span<T> h, int rows, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var done = 0;
        if (typeof(T) == typeof(float))
            fixed (T* pz = z, pb = before, pc = c, ps = squashed, ph = h)
                done = LstmLanes.Forward((float*)pz, (float*)pb, (float*)pc, (float*)ps, (float*)ph, rows, n);

        for (var row = 0; row < rows; row++)
            for (var k = done; k < n; k++)
            {
                var (gate, unit) = (row * 4 * n + k, row * n + k);
                var i = z[gate] = ActivationFormula.Sigmoid(z[gate]);
                var f = z[gate + n] = ActivationFormula.Sigmoid(z[gate + n]);
                var o = z[gate + 2 * n] = ActivationFormula.Sigmoid(z[gate + 2 * n]);
                var g = z[gate + 3 * n] = T.Tanh(z[gate + 3 * n]);
                c[unit] = i * g + (before.IsEmpty ? T.Zero : f * before[unit]);
                squashed[unit] = T.Tanh(c[unit]);
                h[unit] = o * squashed[unit];
            }
    }

    /// <summary>dz of the gates from dh and dc; dc becomes that of the cell before.</summary>
    internal static void Backward<T>(
        ReadOnlySpan<T> gates, ReadOnlySpan<T> before, ReadOnlySpan<T> squashed, ReadOnlySpan<T> dh, Span<T> dc, Span<T> dz, int rows, int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var done = 0;
        if (typeof(T) == typeof(float))
            fixed (T* pg = gates, pb = before, ps = squashed, ph = dh, pc = dc, pz = dz)
                done = LstmLanes.Backward((float*)pg, (float*)pb, (float*)ps, (float*)ph, (float*)pc, (float*)pz, rows, n);

        for (var row = 0; row < rows; row++)
            for (var k = done; k < n; k++)
            {
                var (gate, unit) = (row * 4 * n + k, row * n + k);
                var (i, f, o, g) = (gates[gate], gates[gate + n], gates[gate + 2 * n], gates[gate + 3 * n]);
                var cell = dc[unit] + dh[unit] * o * (T.One - squashed[unit] * squashed[unit]);
                dz[gate] = cell * g * i * (T.One - i);
                dz[gate + n] = before.IsEmpty ? T.Zero : cell * before[unit] * f * (T.One - f);
                dz[gate + 2 * n] = dh[unit] * squashed[unit] * o * (T.One - o);
                dz[gate + 3 * n] = cell * i * (T.One - g * g);
                dc[unit] = cell * f;
            }
    }
}

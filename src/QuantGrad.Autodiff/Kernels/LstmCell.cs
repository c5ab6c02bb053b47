using System.Numerics;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>One row's cell of an LSTM; gates lie as i, f, o, g of H values each.</summary>
internal static class LstmCell
{
    /// <summary>Turns z into the gates and computes c, tanh c and h; an empty c before is zero.</summary>
    internal static void Forward<T>(Span<T> z, ReadOnlySpan<T> before, Span<T> c, Span<T> squashed, Span<T> h) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = h.Length;
        ActivationKernel.Forward<T>(Activation.Sigmoid, z[..(3 * n)], z[..(3 * n)]);
        ActivationKernel.Forward<T>(Activation.Tanh, z[(3 * n)..], z[(3 * n)..]);
        ReadOnlySpan<T> i = z[..n], f = z.Slice(n, n), o = z.Slice(2 * n, n), g = z[(3 * n)..];
        c.Clear();
        Spans.AddProduct(i, g, c);
        if (!before.IsEmpty) Spans.AddProduct(f, before, c);
        ActivationKernel.Forward<T>(Activation.Tanh, c, squashed);
        h.Clear();
        Spans.AddProduct(o, squashed, h);
    }

    /// <summary>dz of the gates from dh and dc; dc becomes that of the cell before.</summary>
    internal static void Backward<T>(ReadOnlySpan<T> gates, ReadOnlySpan<T> before, ReadOnlySpan<T> squashed, ReadOnlySpan<T> dh, Span<T> dc, Span<T> dz)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = dh.Length;
        var k = 0;
        for (; k + Vector<T>.Count <= n; k += Vector<T>.Count)
        {
            Vector<T> i = new(gates[k..]), f = new(gates[(n + k)..]), o = new(gates[(2 * n + k)..]), g = new(gates[(3 * n + k)..]);
            Vector<T> tanh = new(squashed[k..]), slope = new(dh[k..]), one = Vector<T>.One;
            var last = before.IsEmpty ? Vector<T>.Zero : new Vector<T>(before[k..]);
            var cell = new Vector<T>(dc[k..]) + slope * o * (one - tanh * tanh);
            (cell * g * i * (one - i)).CopyTo(dz[k..]);
            (cell * last * f * (one - f)).CopyTo(dz[(n + k)..]);
            (slope * tanh * o * (one - o)).CopyTo(dz[(2 * n + k)..]);
            (cell * i * (one - g * g)).CopyTo(dz[(3 * n + k)..]);
            (cell * f).CopyTo(dc[k..]);
        }

        for (; k < n; k++)
        {
            var (i, f, o, g) = (gates[k], gates[n + k], gates[2 * n + k], gates[3 * n + k]);
            var last = before.IsEmpty ? T.Zero : before[k];
            var cell = dc[k] + dh[k] * o * (T.One - squashed[k] * squashed[k]);
            dz[k] = cell * g * i * (T.One - i);
            dz[n + k] = cell * last * f * (T.One - f);
            dz[2 * n + k] = dh[k] * squashed[k] * o * (T.One - o);
            dz[3 * n + k] = cell * i * (T.One - g * g);
            dc[k] = cell * f;
        }
    }
}

using System.Numerics;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>One row's cell of a GRU; gates lie as r, z, n of H values each.</summary>
internal static class GruCell
{
    /// <summary>h from the gates' parts of the input and of the state; keeps r, z, n and the state's part of n.</summary>
    internal static void Forward<T>(ReadOnlySpan<T> fromInput, ReadOnlySpan<T> fromState, ReadOnlySpan<T> before, Span<T> kept, Span<T> h)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = h.Length;
        fromInput.CopyTo(kept);
        Spans.Add(fromState[..(2 * n)], kept);
        fromState[(2 * n)..].CopyTo(kept[(3 * n)..]);
        ActivationKernel.Forward<T>(Activation.Sigmoid, kept[..(2 * n)], kept[..(2 * n)]);
        Spans.AddProduct(kept[..n], kept[(3 * n)..], kept.Slice(2 * n, n));
        ActivationKernel.Forward<T>(Activation.Tanh, kept.Slice(2 * n, n), kept.Slice(2 * n, n));
        for (var k = 0; k < n; k++) h[k] = kept[2 * n + k] + kept[n + k] * (before[k] - kept[2 * n + k]);
    }

    /// <summary>The gradients of both parts; dh becomes the part of the state before that does not go through the gates.</summary>
    internal static void Backward<T>(ReadOnlySpan<T> kept, ReadOnlySpan<T> before, Span<T> dh, Span<T> ofInput, Span<T> ofState)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var n = dh.Length;
        for (var k = 0; k < n; k++)
        {
            var (r, z, candidate, inner) = (kept[k], kept[n + k], kept[2 * n + k], kept[3 * n + k]);
            var slope = dh[k] * (T.One - z) * (T.One - candidate * candidate);
            ofInput[k] = ofState[k] = slope * inner * r * (T.One - r);
            ofInput[n + k] = ofState[n + k] = dh[k] * (before[k] - candidate) * z * (T.One - z);
            ofInput[2 * n + k] = slope;
            ofState[2 * n + k] = slope * r;
            dh[k] *= z;
        }
    }
}

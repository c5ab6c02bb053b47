using System.Numerics;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>Activations over a span.</summary>
internal static class ActivationKernel
{
    internal static void Forward<T>(Activation activation, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < y.Length; i++) y[i] = ActivationFormula.Value(activation, x[i]);
    }

    /// <summary>dx += dy · f′.</summary>
    internal static void Backward<T>(Activation activation, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < dx.Length; i++) dx[i] += dy[i] * ActivationFormula.Slope(activation, x[i], y[i]);
    }

    /// <summary>dz = dy · f′(y) in place, for activations whose slope can be had from the value.</summary>
    internal static void ScaleBySlope<T>(Activation activation, ReadOnlySpan<T> y, Span<T> dy) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (activation == Activation.Identity) return;
        for (var i = 0; i < dy.Length; i++) dy[i] *= ActivationFormula.Slope(activation, y[i], y[i]);
    }
}

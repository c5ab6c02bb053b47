using System.Numerics;
using System.Runtime.InteropServices;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>Activations over a span: vector formulas for float where there is one, else value by value.</summary>
internal static class ActivationKernel
{
    /// <summary>y = f(x); y may be x.</summary>
    internal static void Forward<T>(Activation activation, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float) && Forward(activation, MemoryMarshal.Cast<T, float>(x), MemoryMarshal.Cast<T, float>(y))) return;
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
        if (typeof(T) == typeof(float) && ScaleBySlope(activation, MemoryMarshal.Cast<T, float>(y), MemoryMarshal.Cast<T, float>(dy))) return;
        for (var i = 0; i < dy.Length; i++) dy[i] *= ActivationFormula.Slope(activation, y[i], y[i]);
    }

    private static bool Forward(Activation activation, ReadOnlySpan<float> x, Span<float> y)
    {
        switch (activation)
        {
            case Activation.Tanh: Elementwise.Map<TanhFormula>(x, x, y); return true;
            case Activation.Sigmoid: Elementwise.Map<SigmoidFormula>(x, x, y); return true;
            case Activation.Relu: Elementwise.Map<ReluFormula>(x, x, y); return true;
            case Activation.LeakyRelu: Elementwise.Map<LeakyReluFormula>(x, x, y); return true;
            default: return false;
        }
    }

    private static bool ScaleBySlope(Activation activation, ReadOnlySpan<float> y, Span<float> dy)
    {
        switch (activation)
        {
            case Activation.Tanh: Elementwise.Map<TanhSlope>(dy, y, dy); return true;
            case Activation.Sigmoid: Elementwise.Map<SigmoidSlope>(dy, y, dy); return true;
            case Activation.Relu: Elementwise.Map<ReluSlope>(dy, y, dy); return true;
            case Activation.LeakyRelu: Elementwise.Map<LeakyReluSlope>(dy, y, dy); return true;
            default: return false;
        }
    }
}

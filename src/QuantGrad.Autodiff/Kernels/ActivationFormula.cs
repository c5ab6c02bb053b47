using System.Numerics;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>The plain formulas of the activations, one value at a time; the vector kernels are tested against them.</summary>
internal static class ActivationFormula
{
    internal const double LeakySlope = 0.01;
    internal const double GeluScale = 0.7978845608028654; // √(2/π)
    internal const double GeluCubic = 0.044715;

    /// <summary>Whether the slope can be had from the value alone, so that the argument need not be kept.</summary>
    internal static bool SlopeFromValue(Activation activation) => activation is not Activation.Gelu;

    internal static T Value<T>(Activation activation, T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => activation switch
    {
        Activation.Tanh => T.Tanh(x),
        Activation.Sigmoid => Sigmoid(x),
        Activation.Relu => T.Max(x, T.Zero),
        Activation.LeakyRelu => x > T.Zero ? x : x * T.CreateTruncating(LeakySlope),
        Activation.Elu => x > T.Zero ? x : T.ExpM1(x),
        Activation.Gelu => Half<T>() * x * (T.One + T.Tanh(GeluArgument(x))),
        Activation.Softplus => T.Max(x, T.Zero) + T.LogP1(T.Exp(-T.Abs(x))),
        _ => x,
    };

    /// <summary>dy/dx from the value y (and from x only for GELU).</summary>
    internal static T Slope<T>(Activation activation, T x, T y) where T : unmanaged, IBinaryFloatingPointIeee754<T> => activation switch
    {
        Activation.Tanh => T.One - y * y,
        Activation.Sigmoid => y * (T.One - y),
        Activation.Relu => y > T.Zero ? T.One : T.Zero,
        Activation.LeakyRelu => y > T.Zero ? T.One : T.CreateTruncating(LeakySlope),
        Activation.Elu => y > T.Zero ? T.One : y + T.One,
        Activation.Gelu => GeluSlope(x),
        Activation.Softplus => -T.ExpM1(-y),
        _ => T.One,
    };

    internal static T Sigmoid<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Half<T>() * T.Tanh(Half<T>() * x) + Half<T>();

    private static T Half<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(0.5);

    private static T GeluArgument<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating(GeluScale) * (x + T.CreateTruncating(GeluCubic) * x * x * x);

    private static T GeluSlope<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var t = T.Tanh(GeluArgument(x));
        var inner = T.CreateTruncating(GeluScale) * (T.One + T.CreateTruncating(3 * GeluCubic) * x * x);
        return Half<T>() * (T.One + t) + Half<T>() * x * (T.One - t * t) * inner;
    }
}

using System.Runtime.CompilerServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>
/// tanh as x·P(x²)/Q(x²), P and Q of degree 4, fitted to the least greatest relative error on [0, 8.6] (1.3e-8; 3.5e-7 with the rounding of float).
/// </summary>
internal readonly struct TanhFormula : IFormula
{
    private const float Edge = 8.6f; // beyond it tanh is 1 in float

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V>
    {
        x = V.Clamp(x, -Edge, Edge);
        var z = x * x;
        var p = V.FusedMultiplyAdd(z, V.Spread(1.4082408292369224e-08f), V.Spread(2.1122331703008612e-05f));
        p = V.FusedMultiplyAdd(z, p, V.Spread(0.003526398376115813f));
        p = V.FusedMultiplyAdd(z, p, V.Spread(0.13406872552257826f));
        p = V.FusedMultiplyAdd(z, p, V.Spread(1f));
        var q = V.FusedMultiplyAdd(z, V.Spread(8.070609791080302e-07f), V.Spread(0.00033362651321605224f));
        q = V.FusedMultiplyAdd(z, q, V.Spread(0.025993887584924245f));
        q = V.FusedMultiplyAdd(z, q, V.Spread(0.4674019409125f));
        q = V.FusedMultiplyAdd(z, q, V.Spread(1f));
        return V.Clamp(V.Quotient(x * p, q), -1f, 1f);
    }
}

/// <summary>The logistic function as ½·tanh(x/2) + ½.</summary>
internal readonly struct SigmoidFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V>
    {
        var half = V.Spread(0.5f);
        return V.FusedMultiplyAdd(TanhFormula.Apply(x * half, x), half, half);
    }
}

/// <summary>max(x, 0) and, below zero, a slope of 0 or 1/100.</summary>
internal readonly struct ReluFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V> => V.WherePositive(x, x, V.Spread(0));
}

/// <summary>x above zero, x/100 below.</summary>
internal readonly struct LeakyReluFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V> => V.WherePositive(x, x, x * V.Spread((float)ActivationFormula.LeakySlope));
}

/// <summary>dy·(1 − y²): x is dy, y the value.</summary>
internal readonly struct TanhSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V> => x * (V.Spread(1) - y * y);
}

/// <summary>dy·y(1 − y).</summary>
internal readonly struct SigmoidSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V> => x * (y - y * y);
}

/// <summary>dy where y is above zero.</summary>
internal readonly struct ReluSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V> => V.WherePositive(y, x, V.Spread(0));
}

/// <summary>dy where y is above zero, dy/100 elsewhere.</summary>
internal readonly struct LeakyReluSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Apply<V>(V x, V y) where V : struct, ILanes<V> => V.WherePositive(y, x, x * V.Spread((float)ActivationFormula.LeakySlope));
}

using System.Runtime.Intrinsics;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>A vector of floats of whatever width the machine has, so that each formula is written once.</summary>
/// <typeparam name="V">The vector itself.</typeparam>
internal unsafe interface ILanes<V> where V : struct, ILanes<V>
{
    static abstract int Count { get; }

    static abstract V Load(float* at);

    static abstract V Spread(float value);

    static abstract V FusedMultiplyAdd(V a, V b, V c);

    /// <summary>x within bounds, and NaN where it is NaN (x is the second argument of the instructions, which they return then).</summary>
    static abstract V Clamp(V x, float least, float most);

    /// <summary>Where y is above zero the first, elsewhere the second.</summary>
    static abstract V WherePositive(V y, V first, V second);

    static abstract V operator +(V a, V b);

    static abstract V operator -(V a, V b);

    static abstract V operator *(V a, V b);

    static abstract V operator /(V a, V b);

    void Store(float* at);

    /// <summary>Four lanes with the same sum.</summary>
    Vector128<float> Quarter();
}

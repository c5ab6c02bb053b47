using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>Two vectors as one of twice the lanes: each operation is done on both, so that one works while the other waits for its result.</summary>
/// <typeparam name="V">The vector.</typeparam>
internal readonly unsafe struct Twice<V>(V first, V second) : ILanes<Twice<V>> where V : struct, ILanes<V>
{
    private readonly V first = first;
    private readonly V second = second;

    public static int Count => 2 * V.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> Load(float* at) => new(V.Load(at), V.Load(at + V.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> Spread(float value) => new(V.Spread(value), V.Spread(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> FusedMultiplyAdd(Twice<V> a, Twice<V> b, Twice<V> c) => new(V.FusedMultiplyAdd(a.first, b.first, c.first), V.FusedMultiplyAdd(a.second, b.second, c.second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> Clamp(Twice<V> x, float least, float most) => new(V.Clamp(x.first, least, most), V.Clamp(x.second, least, most));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> WherePositive(Twice<V> y, Twice<V> first, Twice<V> second) =>
        new(V.WherePositive(y.first, first.first, second.first), V.WherePositive(y.second, first.second, second.second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> operator +(Twice<V> a, Twice<V> b) => new(a.first + b.first, a.second + b.second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> operator -(Twice<V> a, Twice<V> b) => new(a.first - b.first, a.second - b.second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> operator *(Twice<V> a, Twice<V> b) => new(a.first * b.first, a.second * b.second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Twice<V> operator /(Twice<V> a, Twice<V> b) => new(a.first / b.first, a.second / b.second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* at)
    {
        first.Store(at);
        second.Store(at + V.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Quarter() => (first + second).Quarter();
}

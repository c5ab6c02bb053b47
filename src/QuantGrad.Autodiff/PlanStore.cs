using System.Numerics;
using System.Runtime.InteropServices;

namespace QuantGrad.Autodiff;

/// <summary>
/// One flat array whose first value lies at the start of a cache line and which ends in room for one vector, since vector kernels may reach
/// beyond a row's end. It stays where it is, so that kernels may hold addresses.
/// </summary>
internal sealed class PlanStore<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal const int LineBytes = 64;
    private readonly T[] array;
    private readonly int first;

    internal PlanStore(int count)
    {
        var size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
        array = GC.AllocateArray<T>(count + 2 * LineBytes / size, pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % LineBytes);
        first = past == 0 ? 0 : (LineBytes - past) / size;
    }

    internal Span<T> Slice(int offset, int count) => array.AsSpan(first + offset, count);
}

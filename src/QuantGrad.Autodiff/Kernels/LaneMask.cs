using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>Masks whose first lanes are all ones and whose rest is zero, at fixed addresses.</summary>
internal static unsafe class LaneMask
{
    private const int Bytes = 64;

    // 64 bytes of ones, then 64 of zeros: a mask is a view that begins so far before the zeros. Kept for the life of the process.
    private static readonly byte* Ones = Make();

    /// <summary>Where the mask of the first <paramref name="lanes"/> lanes begins.</summary>
    internal static nint Address<T>(int lanes) where T : unmanaged => (nint)(Ones + Bytes - lanes * Unsafe.SizeOf<T>());

    private static byte* Make()
    {
        var bytes = (byte*)NativeMemory.AlignedAlloc(2 * Bytes, Bytes);
        new Span<byte>(bytes, Bytes).Fill(0xFF);
        new Span<byte>(bytes + Bytes, Bytes).Clear();
        return bytes;
    }
}

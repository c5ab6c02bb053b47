using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantGrad.Autodiff.Kernels;

/// <summary>What the machine offers: the vector width and how many accumulators fit its registers, chosen once at start.</summary>
/// <param name="Bits">128, 256 or 512.</param>
/// <param name="Accumulators">Registers that a tile may use as accumulators.</param>
/// <param name="MostVectors">The widest tile, in vectors.</param>
internal readonly record struct Simd(int Bits, int Accumulators, int MostVectors)
{
    /// <summary>AVX-512: 32 registers of 512 bits.</summary>
    internal static readonly Simd Avx512 = new(512, 24, 4);

    /// <summary>AVX2 with FMA: 16 registers of 256 bits.</summary>
    internal static readonly Simd Avx2 = new(256, 12, 2);

    /// <summary>ARM: 32 registers of 128 bits.</summary>
    internal static readonly Simd Arm = new(128, 24, 4);

    /// <summary>16 registers of 128 bits.</summary>
    internal static readonly Simd Narrow = new(128, 8, 2);

    /// <summary>The machine's own.</summary>
    internal static readonly Simd Machine = Choose();

    /// <summary>Lanes of a vector.</summary>
    internal int Lanes<T>() where T : unmanaged => Bits / 8 / Unsafe.SizeOf<T>();

    /// <summary>The rows of a tile that also sums the rows of b: its sums and b's own vectors need registers too, and one spreads a.</summary>
    internal int RowsBesideBias(int vectors) => Math.Min(Accumulators / vectors, ((Accumulators > 12 ? 32 : 16) - 1) / vectors - 2);

    // Vector512.IsHardwareAccelerated is no guide: it is false where 512 bits lower the clock a little, and they win here all the same.
    private static Simd Choose() =>
        Avx512F.IsSupported && !IsSwitchedOff("DOTNET_EnableAVX512F") ? Avx512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? Avx2
        : System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? Arm : Narrow;

    /// <summary>The runtime's older name of the switch, which newer runtimes no longer heed (theirs is DOTNET_EnableAVX512).</summary>
    private static bool IsSwitchedOff(string name) => string.Equals(Environment.GetEnvironmentVariable(name), "0", StringComparison.Ordinal);
}

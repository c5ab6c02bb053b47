using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>From one series a lane to lanes side by side at every bar.</summary>
internal static unsafe class Transposition
{
    private const int Lanes = VectorArithmetic.Lanes;

    /// <summary>Writes <c>result[bar, lane] = columns[lane][first + bar]</c>.</summary>
    /// <param name="columns">An address a lane.</param>
    /// <param name="first">The first value taken of each.</param>
    /// <param name="result"><c>[bars, lanes]</c>.</param>
    /// <param name="bars">Bars.</param>
    /// <param name="lanes">A multiple of eight.</param>
    public static void Gather(double** columns, int first, double* result, int bars, int lanes)
    {
        for (var lane = 0; lane < lanes; lane += Lanes)
        {
            var bar = 0;
            if (AreSame(columns + lane))
                for (var column = columns[lane] + first; bar < bars; bar++) Vector512.Create(column[bar]).Store(result + bar * lanes + lane);
            if (Avx512F.IsSupported)
                for (; bar + Lanes <= bars; bar += Lanes) Square(columns + lane, first + bar, result + bar * lanes + lane, lanes);
            for (; bar < bars; bar++)
                for (var i = 0; i < Lanes; i++) result[bar * lanes + lane + i] = columns[lane + i][first + bar];
        }
    }

    private static bool AreSame(double** columns)
    {
        for (var i = 1; i < Lanes; i++)
            if (columns[i] != columns[0]) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(double** columns, int at, double* result, int stride)
    {
        Vector512<double> a0 = Vector512.Load(columns[0] + at), a1 = Vector512.Load(columns[1] + at), a2 = Vector512.Load(columns[2] + at), a3 = Vector512.Load(columns[3] + at);
        Vector512<double> a4 = Vector512.Load(columns[4] + at), a5 = Vector512.Load(columns[5] + at), a6 = Vector512.Load(columns[6] + at), a7 = Vector512.Load(columns[7] + at);
        // Pairs of lanes within quarters, then quarters of pairs, then halves.
        Vector512<double> b0 = Avx512F.UnpackLow(a0, a1), b1 = Avx512F.UnpackHigh(a0, a1), b2 = Avx512F.UnpackLow(a2, a3), b3 = Avx512F.UnpackHigh(a2, a3);
        Vector512<double> b4 = Avx512F.UnpackLow(a4, a5), b5 = Avx512F.UnpackHigh(a4, a5), b6 = Avx512F.UnpackLow(a6, a7), b7 = Avx512F.UnpackHigh(a6, a7);
        Vector512<double> c0 = Avx512F.Shuffle4x128(b0, b2, 0x88), c2 = Avx512F.Shuffle4x128(b0, b2, 0xDD), c1 = Avx512F.Shuffle4x128(b1, b3, 0x88), c3 = Avx512F.Shuffle4x128(b1, b3, 0xDD);
        Vector512<double> c4 = Avx512F.Shuffle4x128(b4, b6, 0x88), c6 = Avx512F.Shuffle4x128(b4, b6, 0xDD), c5 = Avx512F.Shuffle4x128(b5, b7, 0x88), c7 = Avx512F.Shuffle4x128(b5, b7, 0xDD);
        Avx512F.Shuffle4x128(c0, c4, 0x88).Store(result);
        Avx512F.Shuffle4x128(c1, c5, 0x88).Store(result + stride);
        Avx512F.Shuffle4x128(c2, c6, 0x88).Store(result + 2 * stride);
        Avx512F.Shuffle4x128(c3, c7, 0x88).Store(result + 3 * stride);
        Avx512F.Shuffle4x128(c0, c4, 0xDD).Store(result + 4 * stride);
        Avx512F.Shuffle4x128(c1, c5, 0xDD).Store(result + 5 * stride);
        Avx512F.Shuffle4x128(c2, c6, 0xDD).Store(result + 6 * stride);
        Avx512F.Shuffle4x128(c3, c7, 0xDD).Store(result + 7 * stride);
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace QuantGrad.MarketData.Caching;

/// <summary>A sum that shows whether a column came back as it was written: no defence against intent, only against a damaged disk.</summary>
internal static class Checksum
{
    /// <summary>Σ (word + rotated sum) in lanes, at the speed of the memory.</summary>
    internal static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var lanes = MemoryMarshal.Cast<byte, Vector<ulong>>(bytes);
        Vector<ulong> a = Vector<ulong>.Zero, b = Vector<ulong>.Zero;
        foreach (var lane in lanes)
        {
            a += lane;
            b += a;
        }

        var sum = (ulong)bytes.Length;
        foreach (var rest in bytes[(lanes.Length * Vector<byte>.Count)..]) sum = (sum * 31) + rest;
        for (var i = 0; i < Vector<ulong>.Count; i++) sum = (sum * 0x9E3779B97F4A7C15) + a[i] + (b[i] * 31);
        return sum;
    }
}

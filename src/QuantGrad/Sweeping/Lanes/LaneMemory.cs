using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace QuantGrad.Sweeping.Lanes;

/// <summary>
/// Memory for doubles that stay where they are, from addresses that suit the widest vectors; all of it is given back at once. The collector would sweep all its
/// generations for as much memory as a sweep of a few milliseconds takes.
/// </summary>
internal sealed unsafe class LaneMemory : IDisposable
{
    private const int Alignment = 64;
    private const int ChunkLength = 1 << 15;
    private const int MostSpare = 64;
    private static readonly ConcurrentBag<nint> Spare = [];
    private readonly Lock gate = new();
    private readonly List<(nint Address, int Length)> chunks = [];
    private double* next;
    private int left;

    /// <summary>The memory that nobody gave back.</summary>
    ~LaneMemory() => Free();

    /// <summary>Takes memory that holds anything; any thread may.</summary>
    /// <param name="length">How many.</param>
    public double* Take(int length)
    {
        var rounded = (length + Alignment / sizeof(double) - 1) / (Alignment / sizeof(double)) * (Alignment / sizeof(double));
        double* taken;
        lock (gate)
        {
            if (rounded > left)
            {
                left = Math.Max(rounded, ChunkLength);
                next = left == ChunkLength && Spare.TryTake(out var spare) ? (double*)spare : (double*)NativeMemory.AlignedAlloc((nuint)left * sizeof(double), Alignment);
                chunks.Add(((nint)next, left));
            }

            taken = next;
            next += rounded;
            left -= rounded;
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        // A few chunks are kept: fresh pages cost more than filling them.
        foreach (var (address, length) in chunks)
        {
            if (length == ChunkLength && Spare.Count < MostSpare) Spare.Add(address);
            else NativeMemory.AlignedFree((void*)address);
        }

        chunks.Clear();
        left = 0;
    }
}

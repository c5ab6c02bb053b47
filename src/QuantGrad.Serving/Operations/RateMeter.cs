using System.Diagnostics;

namespace QuantGrad.Serving.Operations;

/// <summary>Events a second over the last full minute, or since the start where that is shorter.</summary>
internal sealed class RateMeter
{
    private const int Seconds = 60;
    private readonly long[] counts = new long[2 * Seconds];
    private readonly long[] stamps = new long[2 * Seconds];
    private readonly long started = Stopwatch.GetTimestamp();

    public void Add(long timestamp)
    {
        var second = (timestamp - started) / Stopwatch.Frequency;
        var slot = second % counts.Length;
        if (Interlocked.Exchange(ref stamps[slot], second) != second) Volatile.Write(ref counts[slot], 0);
        Interlocked.Increment(ref counts[slot]);
    }

    /// <summary>The rate now; 0 before the first full second.</summary>
    public double PerSecond()
    {
        var now = (Stopwatch.GetTimestamp() - started) / Stopwatch.Frequency;
        var first = Math.Max(0, now - Seconds);
        if (now == first) return 0;
        var sum = 0L;
        for (var second = first; second < now; second++)
            if (Volatile.Read(ref stamps[second % counts.Length]) == second) sum += Volatile.Read(ref counts[second % counts.Length]);
        return (double)sum / (now - first);
    }
}

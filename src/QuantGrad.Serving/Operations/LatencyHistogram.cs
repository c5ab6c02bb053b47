using System.Numerics;

namespace QuantGrad.Serving.Operations;

/// <summary>Latencies in microseconds, in buckets that double, each cut in four: a quantile is right to a quarter of its size.</summary>
internal sealed class LatencyHistogram
{
    private const int Cuts = 4;
    private readonly long[] buckets = new long[64 * Cuts];

    public void Add(long microseconds) => Interlocked.Increment(ref buckets[Bucket(Math.Max(1, microseconds))]);

    /// <summary>The upper edge of the bucket that holds the quantile, microseconds; NaN before the first request.</summary>
    public double Quantile(double share)
    {
        var counts = Array.ConvertAll(buckets, count => count);
        var total = counts.Sum();
        if (total == 0) return double.NaN;
        var left = (long)Math.Ceiling(total * share);
        for (var bucket = 0; bucket < counts.Length; bucket++)
            if ((left -= counts[bucket]) <= 0) return UpperEdge(bucket);
        return UpperEdge(counts.Length - 1);
    }

    /// <summary>How many were at most this long, to the bucket's width.</summary>
    public long CountUpTo(double microseconds)
    {
        var count = 0L;
        for (var bucket = 0; bucket < buckets.Length && UpperEdge(bucket) <= microseconds; bucket++) count += Volatile.Read(ref buckets[bucket]);
        return count;
    }

    private static int Bucket(long value)
    {
        var power = BitOperations.Log2((ulong)value);
        var cut = power >= 2 ? (int)((value >> (power - 2)) & 3) : (int)((value << (2 - power)) & 3);
        return (power * Cuts) + cut;
    }

    private static double UpperEdge(int bucket) => Math.Pow(2, bucket / Cuts) * (1 + (((bucket % Cuts) + 1) / (double)Cuts));
}

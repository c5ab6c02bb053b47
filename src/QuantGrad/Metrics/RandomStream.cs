using System.Numerics;

namespace QuantGrad.Metrics;

/// <summary>
/// A seeded stream of random numbers with the same sequence on every machine and version: xoshiro256** (Blackman and Vigna 2018), its
/// state filled by SplitMix64.
/// </summary>
internal struct RandomStream
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>The stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="index">Numbers independent streams of one seed: work item i takes stream i, whatever thread it runs on.</param>
    public RandomStream(ulong seed, ulong index = 0)
    {
        var state = seed ^ (index * 0xD1342543DE82EF95UL);
        s0 = Split(ref state);
        s1 = Split(ref state);
        s2 = Split(ref state);
        s3 = Split(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0 … count − 1 (the bias of the multiplication is below 2⁻³²).</summary>
    /// <param name="count">At least 1.</param>
    public int NextInt(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>Standard normal (Box and Muller 1958, the cosine branch).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Split(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

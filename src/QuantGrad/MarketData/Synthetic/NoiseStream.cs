namespace QuantGrad.MarketData.Synthetic;

/// <summary>
/// A seeded stream of noise, the same on every machine: SplitMix64 (Steele, Lea and Flood 2014) in integers, turned into normal-like numbers
/// by sums alone, since logarithm and cosine may differ in their last digit from one platform to the next.
/// </summary>
/// <param name="seed">The market's seed.</param>
/// <param name="stream">The number of the stream: streams of one seed are independent.</param>
internal sealed class NoiseStream(ulong seed, ulong stream)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15) ^ Mix((stream * 0xD1B54A32D192ED03) + 1);

    /// <summary>64 random bits.</summary>
    internal ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A uniform number in [0, 1).</summary>
    internal double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of mean 0 and variance 1 within ±6: the sum of twelve uniform ones (excess kurtosis −0.1).</summary>
    internal double Normal()
    {
        long sum = 0;
        for (var i = 0; i < 4; i++)
        {
            var bits = Next();
            sum += (long)((bits & 0x1FFFFF) + ((bits >> 21) & 0x1FFFFF) + ((bits >> 42) & 0x1FFFFF));
        }

        return ((sum + 6.0) / (1 << 21)) - 6;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

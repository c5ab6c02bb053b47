namespace QuantGrad.Autodiff;

/// <summary>
/// A seeded stream of random numbers, the same on every machine and for ever: SplitMix64 (Steele, Lea and Flood 2014) over a counter.
/// Only additions, multiplications, divisions and square roots are used, which IEEE 754 rounds alike everywhere.
/// </summary>
/// <param name="seed">The seed.</param>
public sealed class RandomStream(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;
    private ulong counter;
    private double spare = double.NaN;

    /// <summary>A stream of its own for a named part (a parameter, a fold), independent of the order in which parts are asked for.</summary>
    public static RandomStream For(ulong seed, string name)
    {
        var hash = 0xCBF29CE484222325UL; // FNV-1a
        foreach (var letter in name) hash = (hash ^ letter) * 0x100000001B3UL;
        return new RandomStream(At(seed, hash));
    }

    /// <summary>The number at a place of a stream, without walking there.</summary>
    public static ulong At(ulong seed, ulong place)
    {
        var z = Mix(seed + Step) + (place + 1) * Step;
        return Mix(z);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => At(seed, counter++);

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, bound), bound at least 1.</summary>
    public int NextInteger(int bound) => (int)(NextUniform() * bound);

    /// <summary>Standard normal (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }

        while (true)
        {
            var (u, v) = (2 * NextUniform() - 1, 2 * NextUniform() - 1);
            var square = u * u + v * v;
            if (square is 0 or >= 1) continue;
            var factor = Math.Sqrt(-2 * Log(square) / square);
            spare = v * factor;
            return u * factor;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Natural logarithm from basic arithmetic, since the system's own differs in the last bit between platforms.</summary>
    internal static double Log(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        var s = (mantissa - 1) / (mantissa + 1);
        var sum = 0.0;
        for (var k = 23; k >= 1; k -= 2) sum = sum * s * s + 1.0 / k;
        return 2 * s * sum + exponent * 0.6931471805599453;
    }
}

using QuantGrad.Autodiff;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The stationary bootstrap (Politis and Romano 1994): rows are drawn in blocks of geometric length from a series closed to a ring, so
/// that a resample keeps the series' dependence and stays stationary.
/// </summary>
internal sealed class StationaryBootstrap
{
    private readonly ulong restart;
    private readonly int count;
    private readonly RandomStream random;

    /// <summary>Prepares resamples of a series of <paramref name="count"/> rows.</summary>
    /// <param name="count">T, at least 1.</param>
    /// <param name="meanBlock">b, the mean block length, at least 1.</param>
    /// <param name="random">The stream that the resamples are drawn from.</param>
    public StationaryBootstrap(int count, double meanBlock, RandomStream random)
    {
        this.count = count;
        this.random = random;
        restart = (ulong)Math.Round((1L << 32) / meanBlock);
    }

    /// <summary>Draws the rows of the next resample. One draw serves a row: its upper half says whether a block begins, its lower half where.</summary>
    /// <param name="rows">Filled with row numbers, <c>[T]</c>.</param>
    public void Draw(Span<int> rows)
    {
        var row = 0;
        for (var t = 0; t < rows.Length; t++)
        {
            var bits = random.NextBits();
            row = t == 0 || bits >> 32 < restart ? (int)((bits & uint.MaxValue) * (ulong)count >> 32) : row + 1 == count ? 0 : row + 1;
            rows[t] = row;
        }
    }
}

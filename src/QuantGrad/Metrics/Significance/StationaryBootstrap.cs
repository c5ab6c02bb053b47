using QuantGrad.Autodiff;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The stationary bootstrap (Politis and Romano 1994): rows are drawn in blocks of geometric length from a series closed to a ring, so
/// that a resample keeps the series' dependence and stays stationary.
/// </summary>
internal sealed class StationaryBootstrap
{
    private readonly double restart;
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
        restart = 1 / meanBlock;
    }

    /// <summary>Draws the rows of the next resample.</summary>
    /// <param name="rows">Filled with row numbers, <c>[T]</c>.</param>
    public void Draw(Span<int> rows)
    {
        var row = 0;
        for (var t = 0; t < rows.Length; t++)
        {
            row = t == 0 || random.NextUniform() < restart ? random.NextInteger(count) : row + 1 == count ? 0 : row + 1;
            rows[t] = row;
        }
    }
}

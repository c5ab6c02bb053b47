namespace QuantGrad.Indicators.Averages;

/// <summary>
/// Averages of averages: the first is of the value and starts from the mean of its first <paramref name="seedPeriods"/> values,
/// each next one is of the one before and starts from its first value.
/// </summary>
internal sealed class NestedEmas(int periods, int depth, int seedPeriods)
{
    private readonly Ema[] levels =
        [.. Enumerable.Range(0, depth).Select(level => new Ema(level == 0 ? seedPeriods : 1, 2.0 / (periods + 1)))];

    /// <summary>Takes a finite value and writes every level's average; NaN until the first level has started.</summary>
    public void Next(double value, Span<double> averages)
    {
        for (var level = 0; level < levels.Length; level++) averages[level] = value = levels[level].Next(value);
    }

    /// <summary>Forgets every value.</summary>
    public void Reset()
    {
        foreach (var level in levels) level.Reset();
    }
}

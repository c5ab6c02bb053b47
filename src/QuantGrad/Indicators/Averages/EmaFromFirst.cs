namespace QuantGrad.Indicators.Averages;

/// <summary>Exponential moving average whose first value is the first input, as nested averages (DEMA, TEMA, TRIX, T3) use it.</summary>
internal sealed class EmaFromFirst(int periods)
{
    private readonly double k = 2.0 / (periods + 1);
    private double average;
    private bool hasValue;

    /// <summary>Takes a finite value.</summary>
    public double Next(double value)
    {
        average = hasValue ? average + k * (value - average) : value;
        hasValue = true;
        return average;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset() => hasValue = false;
}

/// <summary>Averages of averages: the first is of the value, each next one of the one before.</summary>
internal sealed class NestedEmas(int periods, int depth)
{
    private readonly EmaFromFirst[] levels = [.. Enumerable.Range(0, depth).Select(_ => new EmaFromFirst(periods))];

    /// <summary>Values seen.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a finite value and writes every level's average.</summary>
    public void Next(double value, Span<double> averages)
    {
        for (var level = 0; level < levels.Length; level++) averages[level] = value = levels[level].Next(value);
        Count++;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset()
    {
        Count = 0;
        foreach (var level in levels) level.Reset();
    }
}

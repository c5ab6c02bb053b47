namespace QuantGrad.Indicators.Averages;

/// <summary>Wilder's smoothing, (previous·(n − 1) + value)/n, seeded with the simple average of the first n values.</summary>
internal sealed class WilderAverage(int periods)
{
    private double sum;
    private double average;
    private int seen;

    /// <summary>Takes a finite value; NaN for the first n − 1.</summary>
    public double Next(double value)
    {
        if (seen >= periods) return average = (average * (periods - 1) + value) / periods;
        sum += value;
        if (++seen < periods) return double.NaN;
        return average = sum / periods;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset() => (sum, seen) = (0, 0);
}

namespace QuantGrad.Indicators.Windows;

/// <summary>The value of n pushes ago.</summary>
internal sealed class Delay(int length)
{
    private readonly double[] values = new double[Math.Max(1, length)];
    private int next;
    private int seen;

    /// <summary>Whether n earlier values have been seen.</summary>
    public bool IsFull => seen >= length;

    /// <summary>Takes a value and gives that of n pushes before; NaN while there is none.</summary>
    public double Push(double value)
    {
        if (length == 0) return value;
        var old = seen >= length ? values[next] : double.NaN;
        values[next] = value;
        if (++next == length) next = 0;
        if (seen < length) seen++;
        return old;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset() => (next, seen) = (0, 0);
}

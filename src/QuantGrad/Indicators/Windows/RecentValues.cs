namespace QuantGrad.Indicators.Windows;

/// <summary>The last n values, for definitions that must look at each of them at every bar.</summary>
internal sealed class RecentValues(int length)
{
    private readonly double[] values = new double[length];
    private int next;

    /// <summary>How many of the n have been seen.</summary>
    public int Count { get; private set; }

    /// <summary>Whether n values have been seen.</summary>
    public bool IsFull => Count == length;

    /// <summary>The value of that many pushes ago; 0 is the newest.</summary>
    public double this[int age]
    {
        get
        {
            var index = next - 1 - age;
            return values[index < 0 ? index + length : index];
        }
    }

    /// <summary>Takes the next value; true when n have been seen.</summary>
    public bool Push(double value)
    {
        values[next] = value;
        if (++next == length) next = 0;
        if (Count < length) Count++;
        return IsFull;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset() => (next, Count) = (0, 0);
}

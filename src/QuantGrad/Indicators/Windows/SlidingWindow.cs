namespace QuantGrad.Indicators.Windows;

/// <summary>A summary of consecutive values that can be joined with that of the values after it.</summary>
/// <typeparam name="TSelf">The summary.</typeparam>
internal interface IAggregate<TSelf>
{
    /// <summary>The summary of one value.</summary>
    static abstract TSelf Of(double value);

    /// <summary>The summary of the older values followed by the newer ones.</summary>
    static abstract TSelf Join(in TSelf older, in TSelf newer);
}

/// <summary>
/// The summary of the last n values in O(1) a value (amortised), for any summary that can be joined: sums, moments, extremes, regressions.
/// </summary>
/// <remarks>
/// Values are never subtracted again, so nothing drifts and no trace of a large value stays behind once it has left the window.
/// The values come in blocks of n; the window is the tail of the last block (summed from behind when that block was full)
/// joined with the running head of the present one (van Herk 1992, Gil and Werman 1993, there for extremes).
/// </remarks>
internal sealed class SlidingWindow<T>(int length)
    where T : struct, IAggregate<T>
{
    private readonly double[] values = new double[length];
    private readonly T[] tails = new T[length];
    private T head;
    private int filled;
    private bool hasTail;

    /// <summary>n, the number of values in a full window.</summary>
    public int Length => length;

    /// <summary>The summary of the last n values; meaningful once <see cref="Push"/> has said true.</summary>
    public T Value { get; private set; }

    /// <summary>Takes the next value; true when n values have been seen.</summary>
    public bool Push(double value)
    {
        if (filled == length) Turn();
        values[filled] = value;
        head = filled == 0 ? T.Of(value) : T.Join(head, T.Of(value));
        filled++;
        if (filled == length) Value = head;
        else if (hasTail) Value = T.Join(tails[filled], head);
        else return false;
        return true;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset() => (filled, hasTail) = (0, false);

    private void Turn()
    {
        tails[length - 1] = T.Of(values[length - 1]);
        for (var i = length - 2; i >= 0; i--) tails[i] = T.Join(T.Of(values[i]), tails[i + 1]);
        (filled, hasTail) = (0, true);
    }
}

namespace QuantGrad.Indicators.Windows;

/// <summary>A summary of consecutive values that can be joined with that of the values after it.</summary>
/// <typeparam name="TSelf">The summary; a single value converts to its own.</typeparam>
internal interface IAggregate<TSelf>
{
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
/// <param name="most">n, and the largest that it can be given later.</param>
internal sealed class SlidingWindow<T>(int most)
    where T : struct, IAggregate<T>
{
    /// <summary>The present block's items before <see cref="filled"/>, the last block's tails from there on.</summary>
    private readonly T[] block = new T[most];
    private int length = most;
    private T head;
    private int filled;
    private bool hasTail;

    /// <summary>The summary of the last n values; meaningful once <see cref="Push"/> has said true.</summary>
    public T Value { get; private set; }

    /// <summary>Takes the next value; true when n values have been seen.</summary>
    public bool Push(in T value)
    {
        if (filled == length) Turn();
        block[filled] = value;
        head = filled == 0 ? value : T.Join(head, value);
        filled++;
        if (filled == length) Value = head;
        else if (hasTail) Value = T.Join(block[filled], head);
        else return false;
        return true;
    }

    /// <summary>Forgets every value.</summary>
    public void Reset() => (filled, hasTail) = (0, false);

    /// <summary>Forgets every value and goes on with another length, at most the one that it was made with.</summary>
    public void Reset(int newLength)
    {
        length = newLength;
        Reset();
    }

    private void Turn()
    {
        for (var i = length - 2; i >= 0; i--) block[i] = T.Join(block[i], block[i + 1]);
        (filled, hasTail) = (0, true);
    }
}

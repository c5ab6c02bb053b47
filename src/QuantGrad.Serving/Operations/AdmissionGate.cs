namespace QuantGrad.Serving.Operations;

/// <summary>Admits a number of calls at the same time and refuses the next one at once: under overload a short no is worth more than a long wait.</summary>
/// <param name="settings">How many.</param>
internal sealed class AdmissionGate(ServerSettings settings)
{
    private int inside;

    /// <summary>Calls in work.</summary>
    public int Inside => Volatile.Read(ref inside);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref inside) <= settings.MaxConcurrent) return true;
        Interlocked.Decrement(ref inside);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref inside);
}

using QuantGrad.Serving.Protocol;

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

    /// <summary>Enters until disposed.</summary>
    /// <exception cref="RequestException">429: too many are inside.</exception>
    public Admission Enter() => TryEnter() ? new Admission(this) : throw new RequestException(StatusCodes.Status429TooManyRequests, ErrorAnswer.Words(StatusCodes.Status429TooManyRequests));

    public void Leave() => Interlocked.Decrement(ref inside);

    /// <summary>One call inside.</summary>
    internal readonly struct Admission(AdmissionGate gate) : IDisposable
    {
        public void Dispose() => gate.Leave();
    }
}

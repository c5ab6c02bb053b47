namespace QuantGrad.MarketData.Downloading;

/// <summary>How patiently prices are fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>How often one address is asked before giving up; default 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The wait after the first failure, doubled after each further one; default 1 s. A server's <c>Retry-After</c> goes before it.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait; a server that asks for more is asked again another time (exit code 75). Default 2 min.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The time that one attempt may take, so that a body that drips in does not hold the program for ever; default 5 min.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest body in bytes; default 1 GiB.</summary>
    public long LargestBody { get; init; } = 1L << 30;
}

/// <summary>What to fetch.</summary>
/// <param name="Symbol">The symbol as the source writes it.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, itself included.</param>
/// <param name="Interval">The bar: <c>1d</c>, <c>1h</c>, <c>1wk</c>, … as the source writes it.</param>
public sealed record DownloadRequest(string Symbol, DateOnly From, DateOnly To, string Interval);

/// <summary>The body is not what it should be in a way that another attempt may mend: cut off, or damaged on the way.</summary>
/// <param name="message">What was found.</param>
/// <param name="inner">The cause.</param>
internal sealed class BrokenBodyException(string message, Exception? inner = null) : Exception(message, inner);

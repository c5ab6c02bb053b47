using System.Diagnostics;
using QuantGrad.Exporting;

namespace QuantGrad.Serving.Operations;

/// <summary>What one version has answered: counts, durations in microseconds, latencies. Written by requests without a lock.</summary>
internal sealed class ModelStatistics(BundleManifest? manifest)
{
    private long success, rows, executions, pending, requestMicroseconds, queueMicroseconds, inputMicroseconds, inferMicroseconds, outputMicroseconds;
    private long badInput, tooBusy, ownFault;

    public LatencyHistogram Latency { get; } = new();

    public RateMeter Rate { get; } = new();

    /// <summary>Null for a foreign model.</summary>
    public DriftStatistics? Drift { get; } = manifest is null ? null : new DriftStatistics(manifest);

    public long Success => Volatile.Read(ref success);

    public long Rows => Volatile.Read(ref rows);

    public long Executions => Volatile.Read(ref executions);

    public long Pending => Volatile.Read(ref pending);

    public long RequestMicroseconds => Volatile.Read(ref requestMicroseconds);

    public long QueueMicroseconds => Volatile.Read(ref queueMicroseconds);

    public long InputMicroseconds => Volatile.Read(ref inputMicroseconds);

    public long InferMicroseconds => Volatile.Read(ref inferMicroseconds);

    public long OutputMicroseconds => Volatile.Read(ref outputMicroseconds);

    /// <summary>Failures by Triton's reasons.</summary>
    public IEnumerable<(string Reason, long Count)> Failures => [("CLIENT", Volatile.Read(ref badInput)), ("REJECTED", Volatile.Read(ref tooBusy)), ("BACKEND", Volatile.Read(ref ownFault))];

    public void Begin() => Interlocked.Increment(ref pending);

    public void End() => Interlocked.Decrement(ref pending);

    public void Fail(int status)
    {
        if (status is 429 or 503) Interlocked.Increment(ref tooBusy);
        else if (status >= 500) Interlocked.Increment(ref ownFault);
        else Interlocked.Increment(ref badInput);
    }

    /// <summary>Counts an answered request; the marks are timestamps of <see cref="Stopwatch"/>.</summary>
    public void Count(int batch, in RequestMarks marks)
    {
        Interlocked.Increment(ref success);
        Interlocked.Increment(ref executions);
        Interlocked.Add(ref rows, batch);
        var whole = Microseconds(marks.Arrived, marks.Written);
        Interlocked.Add(ref requestMicroseconds, whole);
        Interlocked.Add(ref queueMicroseconds, Microseconds(marks.Arrived, marks.Begun));
        Interlocked.Add(ref inputMicroseconds, Microseconds(marks.Begun, marks.Read));
        Interlocked.Add(ref inferMicroseconds, Microseconds(marks.Read, marks.Inferred));
        Interlocked.Add(ref outputMicroseconds, Microseconds(marks.Inferred, marks.Written));
        Latency.Add(whole);
        Rate.Add(marks.Written);
    }

    private static long Microseconds(long from, long to) => (to - from) * 1_000_000 / Stopwatch.Frequency;
}

/// <summary>When a request reached its stages: arrived, its body there, parsed, inferred, written.</summary>
internal struct RequestMarks
{
    public long Arrived;
    public long Begun;
    public long Read;
    public long Inferred;
    public long Written;
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace QuantGrad.Benchmarks;

/// <summary>
/// The processor time of the calling thread: on a machine that others use too, the time spent waiting for a core would fall on whichever contender runs longer.
/// Where the system does not tell it, the clock on the wall.
/// </summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux
    private const int Children = -1; // RUSAGE_CHILDREN

    /// <summary>Microseconds from an arbitrary beginning.</summary>
    internal static double Microseconds => OperatingSystem.IsLinux() && Read(ThreadProcessorTime, out var time) == 0
        ? time.Seconds * 1e6 + time.Nanoseconds * 1e-3
        : Stopwatch.GetTimestamp() * 1e6 / Stopwatch.Frequency;

    /// <summary>Microseconds of all processes that this one has started and seen end.</summary>
    internal static double EndedProcessesMicroseconds
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return Microseconds;
            Span<long> usage = stackalloc long[18]; // seconds and microseconds of the program, then of the system, then fourteen counts
            _ = Usage(Children, usage);
            return (usage[0] + usage[2]) * 1e6 + usage[1] + usage[3];
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int Usage(int who, Span<long> usage);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

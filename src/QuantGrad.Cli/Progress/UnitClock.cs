using System.Globalization;

namespace QuantGrad.Cli.Progress;

/// <summary>Counts finished units and says how long the rest will take: the mean time of those finished in this run, times those left.</summary>
/// <param name="time">The clock.</param>
internal sealed class UnitClock(TimeProvider time)
{
    private readonly long start = time.GetTimestamp();
    private int units;
    private int finishedBefore;
    private int finished;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(start);

    /// <summary>Units of the plan.</summary>
    public int Units => units;

    /// <summary>Units finished, those of an earlier run with them.</summary>
    public int Finished => finishedBefore + finished;

    /// <summary>The plan is known.</summary>
    public void Begin(int planned, int before) => (units, finishedBefore) = (planned, before);

    /// <summary>One unit more is finished.</summary>
    public void Count() => finished++;

    /// <summary>Time left, null before the first unit is finished.</summary>
    public TimeSpan? Left => finished == 0 ? null : Elapsed / finished * (units - Finished);

    /// <summary>E.g. <c>12 of 60 units, 34 s elapsed, about 2 min left</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Finished} of {units} units, {Words(Elapsed)} elapsed{(Left is { } left && Finished < units ? $", about {Words(left)} left" : "")}");

    private static string Words(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.0} h"),
    };
}

using System.Globalization;
using QuantGrad.Training;

namespace QuantGrad.Cli.Progress;

/// <summary>A line for each thing that happens: for pipes, logs and quiet terminals.</summary>
/// <param name="error">Standard error.</param>
/// <param name="time">The clock.</param>
/// <param name="everyEpoch">Whether each epoch gets a line too.</param>
internal sealed class PlainProgress(TextWriter error, TimeProvider time, bool everyEpoch) : IRunProgress
{
    private readonly Lock gate = new();
    private readonly UnitClock clock = new(time);

    public void PlanReady(string runFolder, int units, int finishedBefore)
    {
        lock (gate)
        {
            clock.Begin(units, finishedBefore);
            var before = finishedBefore == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {finishedBefore} of them finished before");
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{units} units to train (fold × seed){before}; run folder {runFolder}"));
        }
    }

    public void UnitStarted(int fold, int seed)
    {
        // The line when it is finished says enough.
    }

    public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective)
    {
        if (!everyEpoch) return;
        lock (gate) error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  fold {fold} seed {seed} epoch {epoch}/{epochs}: {Objectives(trainObjective, validationObjective)}"));
    }

    public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective)
    {
        lock (gate)
        {
            clock.Count();
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fold {fold} seed {seed}: {epochs} epochs, {Objectives(trainObjective, validationObjective)} ({clock})"));
        }
    }

    public void Message(string text)
    {
        lock (gate) error.WriteLine(text);
    }

    /// <summary>E.g. <c>train 1.92, validation 0.85</c>.</summary>
    public static string Objectives(double train, double validation) => string.Create(
        CultureInfo.InvariantCulture,
        $"train {train:0.00}{(double.IsNaN(validation) ? "" : string.Create(CultureInfo.InvariantCulture, $", validation {validation:0.00}"))}");
}

using System.Globalization;
using QuantGrad.Training;
using Spectre.Console;

namespace QuantGrad.Cli.Progress;

/// <summary>Bars on a terminal: one for the plan with elapsed and remaining time, one for each unit that is being trained.</summary>
internal sealed class LiveProgress : IRunProgress
{
    private readonly Lock gate = new();
    private readonly IAnsiConsole console;
    private readonly ProgressContext bars;
    private readonly Dictionary<(int Fold, int Seed), ProgressTask> training = [];
    private ProgressTask? plan;

    private LiveProgress(IAnsiConsole console, ProgressContext bars) => (this.console, this.bars) = (console, bars);

    /// <summary>Does the work with the bars shown, and takes them away when it ends.</summary>
    /// <param name="console">A terminal on standard error.</param>
    /// <param name="work">The work.</param>
    public static T During<T>(IAnsiConsole console, Func<IRunProgress, T> work) => console.Progress()
        .AutoClear(true)
        .HideCompleted(true)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
        .Start(bars => work(new LiveProgress(console, bars)));

    public void PlanReady(string runFolder, int units, int finishedBefore)
    {
        lock (gate)
        {
            console.WriteLine($"Run folder {runFolder}");
            plan = bars.AddTask("all folds and seeds", maxValue: Math.Max(1, units));
            plan.Increment(finishedBefore);
        }
    }

    public void UnitStarted(int fold, int seed)
    {
        lock (gate) training[(fold, seed)] = bars.AddTask(Name(fold, seed));
    }

    public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective)
    {
        lock (gate)
        {
            if (!training.TryGetValue((fold, seed), out var bar)) return;
            bar.MaxValue = epochs;
            bar.Value = epoch;
            bar.Description = string.Create(
                CultureInfo.InvariantCulture, $"{Name(fold, seed)} epoch {epoch}/{epochs} {PlainProgress.Objectives(trainObjective, validationObjective)}");
        }
    }

    public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective)
    {
        lock (gate)
        {
            plan?.Increment(1);
            if (!training.Remove((fold, seed), out var bar)) return;
            bar.Value = bar.MaxValue;
            bar.StopTask();
        }
    }

    public void Message(string text)
    {
        lock (gate) console.WriteLine(text);
    }

    private static string Name(int fold, int seed) => string.Create(CultureInfo.InvariantCulture, $"fold {fold} seed {seed}");
}

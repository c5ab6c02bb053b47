using QuantGrad.Training;
using Serilog;
using Serilog.Core;

namespace QuantGrad.Cli.Progress;

/// <summary>
/// Hands everything on to another display and writes it to <c>run.log</c> in the run's folder, from the moment that the folder is known;
/// what was said before it is kept and written first.
/// </summary>
/// <param name="next">The display.</param>
internal sealed class LogProgress(IRunProgress next) : IRunProgress, IDisposable
{
    private readonly Lock gate = new();
    private readonly List<string> early = [];
    private Logger? log;

    public void PlanReady(string runFolder, int units, int finishedBefore)
    {
        lock (gate)
        {
            log ??= new LoggerConfiguration()
                .MinimumLevel.Debug()
                .WriteTo.File(Path.Combine(runFolder, "run.log"), formatProvider: System.Globalization.CultureInfo.InvariantCulture)
                .CreateLogger();
            foreach (var text in early) log.Information("{Text:l}", text);
            early.Clear();
            log.Information("{Units} units to train, {FinishedBefore} of them finished before", units, finishedBefore);
        }
        next.PlanReady(runFolder, units, finishedBefore);
    }

    public void UnitStarted(int fold, int seed)
    {
        log?.Debug("fold {Fold} seed {Seed} begins", fold, seed);
        next.UnitStarted(fold, seed);
    }

    public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective)
    {
        log?.Debug("fold {Fold} seed {Seed} epoch {Epoch}/{Epochs} train {Train} validation {Validation}", fold, seed, epoch, epochs, trainObjective, validationObjective);
        next.Epoch(fold, seed, epoch, epochs, trainObjective, validationObjective);
    }

    public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective)
    {
        log?.Information("fold {Fold} seed {Seed} finished after {Epochs} epochs, train {Train} validation {Validation}", fold, seed, epochs, trainObjective, validationObjective);
        next.UnitFinished(fold, seed, epochs, trainObjective, validationObjective);
    }

    public void Message(string text)
    {
        lock (gate)
        {
            if (log is null) early.Add(text);
            else log.Information("{Text:l}", text);
        }
        next.Message(text);
    }

    /// <summary>Writes a fault that ended the run.</summary>
    public void Fault(Exception fault) => log?.Error(fault, "The run ended early");

    /// <inheritdoc/>
    public void Dispose() => log?.Dispose();
}

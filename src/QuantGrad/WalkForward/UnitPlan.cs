using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>
/// The units of a run, executed on local threads. Each unit is a pure function on one thread and results are gathered by index, so that the number of
/// threads, an interruption and a resumption change nothing in them.
/// </summary>
/// <param name="folds">The folds.</param>
/// <param name="seeds">Members a fold.</param>
internal sealed class UnitPlan(IReadOnlyList<Fold> folds, int seeds)
{
    /// <summary>The number of units; unit i is fold i / seeds, seed i mod seeds.</summary>
    public int Count => folds.Count * seeds;

    /// <summary>How many units the store has already.</summary>
    public int CountFinished(UnitStore store) => Enumerable.Range(0, Count).Count(index => store.Read(index / seeds, index % seeds) is not null);

    /// <summary>Executes every unit that is not finished and gives all of them, by fold and seed.</summary>
    /// <param name="store">Finished units are read from it and published to it.</param>
    /// <param name="view">All of the market; each unit is handed the part before its test window.</param>
    /// <param name="trainer">Trains a unit.</param>
    /// <param name="threads">At most so many at a time.</param>
    /// <param name="progress">Told of beginnings and ends.</param>
    /// <param name="cancellation">Stops between epochs; finished units are kept.</param>
    public TrainedUnit[][] Execute(UnitStore store, MarketView view, UnitTrainer trainer, int threads, IRunProgress progress, CancellationToken cancellation)
    {
        var units = new TrainedUnit[Count];
        var next = -1;
        Exception? fault = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

        void Work()
        {
            try
            {
                for (var index = Interlocked.Increment(ref next); index < Count; index = Interlocked.Increment(ref next))
                {
                    stop.Token.ThrowIfCancellationRequested();
                    units[index] = Unit(index, store, view, trainer, progress, stop.Token);
                }
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref fault, exception, null);
                stop.Cancel();
            }
        }

        var workers = Enumerable.Range(0, Math.Clamp(threads, 1, Count)).Select(_ => new Thread(Work) { IsBackground = true }).ToArray();
        foreach (var worker in workers) worker.Start();
        foreach (var worker in workers) worker.Join();
        if (fault is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        return [.. units.Chunk(seeds)];
    }

    private TrainedUnit Unit(int index, UnitStore store, MarketView view, UnitTrainer trainer, IRunProgress progress, CancellationToken cancellation)
    {
        var (fold, seed) = (folds[index / seeds], index % seeds);
        if (store.Read(fold.Index, seed) is { } finished) return finished;
        progress.UnitStarted(fold.Index, seed);
        var unit = trainer.Train(view.Until(fold.Test.Start), fold, seed, cancellation);
        store.Write(unit);
        var kept = unit.BestEpoch - 1;
        progress.UnitFinished(fold.Index, seed, unit.Epochs, kept < 0 ? double.NaN : unit.TrainObjective[kept], kept < 0 ? double.NaN : unit.ValidationObjective[kept]);
        return unit;
    }
}

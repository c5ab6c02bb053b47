using System.Globalization;
using System.Text.Json;
using QuantGrad.Exporting;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>Bundles of a run other than the newest fold's: made from the run's finished units, or trained again on everything up to a date.</summary>
public sealed class RunExport
{
    private readonly Strategy strategy;
    private readonly string folder;
    private readonly string dataHash;
    private readonly string id;

    private RunExport(string folder, JsonElement run)
    {
        this.folder = folder;
        strategy = StrategyFile.Parse(run.GetProperty("strategy").GetRawText(), Path.Combine(folder, RunRecord.FileName));
        dataHash = run.GetProperty("data_sha256").GetString()!;
        id = run.GetProperty("id").GetString()!;
    }

    /// <summary>Reads what a run says of itself.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="UsageException">It is no run.</exception>
    public static RunExport Open(string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, RunRecord.FileName)));
            return new RunExport(folder, json.RootElement);
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"{folder} is not a run of this program: its {RunRecord.FileName} is missing or damaged.", fault);
        }
    }

    /// <summary>Writes the bundle of one fold.</summary>
    /// <param name="target">The bundle's folder.</param>
    /// <param name="fold">The fold, from 0.</param>
    /// <param name="threads">Threads for the features.</param>
    /// <returns>The bundle's folder.</returns>
    /// <exception cref="QuantGradException">There is no such fold, the run is not complete, or its prices have changed.</exception>
    public string WriteFold(string target, int fold, int threads)
    {
        var (market, result, figures) = Evaluate(threads);
        if (fold < 0 || fold >= market.Folds.Count) throw new UsageException($"--fold is {fold}; the run has the folds 0 to {market.Folds.Count - 1}.");
        BundleExport.Write(target, market, result.Models[fold], market.Folds[fold], FigureBlocks.OfFold(result, figures[fold]), id);
        return target;
    }

    /// <summary>Writes the bundles of all folds as versions 1, 2, … of a model in a server's repository.</summary>
    /// <param name="target">The model's folder.</param>
    /// <param name="threads">Threads for the features.</param>
    /// <returns>The bundles' folders.</returns>
    public IReadOnlyList<string> WriteAll(string target, int threads)
    {
        var (market, result, figures) = Evaluate(threads);
        return [.. market.Folds.Select(fold =>
        {
            var version = Path.Combine(target, (fold.Index + 1).ToString(CultureInfo.InvariantCulture));
            BundleExport.Write(version, market, result.Models[fold.Index], fold, FigureBlocks.OfFold(result, figures[fold.Index]), id);
            return version;
        })];
    }

    /// <summary>Trains the run's strategy again on everything up to a date, the date itself included, and writes the bundle: the model for use from the next bar on.</summary>
    /// <param name="target">The bundle's folder.</param>
    /// <param name="date">The last date that may be seen.</param>
    /// <param name="threads">Seeds trained at a time.</param>
    /// <param name="progress">Told of every epoch.</param>
    /// <param name="cancellation">Stops between epochs; finished seeds are kept in the run's folder.</param>
    public string Retrain(string target, DateOnly date, int threads, IRunProgress progress, CancellationToken cancellation)
    {
        var until = strategy with { Data = strategy.Data with { To = date } };
        var market = Preparation.Of(until, threads);
        var fold = market.DeploymentFold();
        var store = new UnitStore(Path.Combine(folder, "units"), until.Hash(), market.Data.Sha256, Pipeline.Version);
        progress.PlanReady(folder, until.Training.Seeds, Enumerable.Range(0, until.Training.Seeds).Count(seed => store.Read(fold.Index, seed) is not null));
        if (DateOnly.FromDateTime(market.Data.Panel.Dates[^1]) is var newest && newest < date)
            progress.Message(string.Create(CultureInfo.InvariantCulture, $"The newest bar up to --retrain-to {date:yyyy-MM-dd} is of {newest:yyyy-MM-dd}: training ends there."));
        var trained = new UnitPlan([fold], until.Training.Seeds).Execute(store, market.View, new UnitTrainer(until, market.PeriodsPerYear, progress), threads, progress, cancellation);
        BundleExport.Write(target, market, new FoldModel(until, trained[0], market.PeriodsPerYear), fold, testMetrics: null, id);
        return target;
    }

    private (Preparation Market, OutOfSample Result, IReadOnlyList<FoldFigures> Figures) Evaluate(int threads)
    {
        var market = Preparation.Of(strategy, threads);
        if (market.Data.Sha256 != dataHash) throw new ModelException($"The prices at {string.Join(", ", strategy.Data.Path)} are not those of the run in {folder}: run again, or export with --retrain-to.");
        var store = new UnitStore(Path.Combine(folder, "units"), strategy.Hash(), dataHash, Pipeline.Version);
        var models = market.Folds.Select(fold => new FoldModel(strategy, [.. Enumerable.Range(0, strategy.Training.Seeds).Select(seed => Unit(store, fold, seed))], market.PeriodsPerYear)).ToArray();
        var result = OutOfSample.Evaluate(market, models);
        return (market, result, [.. FoldFigures.Of(result)]);
    }

    private TrainedUnit Unit(UnitStore store, Fold fold, int seed) => store.Read(fold.Index, seed)
        ?? throw new QuantGradException($"{folder} has no result of fold {fold.Index}, seed {seed} by version {Pipeline.Version} of the program: finish the run with quantgrad run --resume, or run again.", 6);
}

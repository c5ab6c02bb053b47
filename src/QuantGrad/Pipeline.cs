using System.Reflection;
using QuantGrad.Accounting;
using QuantGrad.Exporting;
using QuantGrad.Reporting;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad;

/// <summary>The main job, told once: prices → features → folds → trained units → out-of-sample books → figures → report → bundle.</summary>
public static class Pipeline
{
    /// <summary>The program's version, part of every unit's key.</summary>
    public static string Version { get; } = typeof(Pipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Runs a strategy and gives the run's folder.</summary>
    /// <param name="strategy">The strategy, as read by <see cref="StrategyFile"/>.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="progress">Told of what happens.</param>
    /// <param name="clock">Gives the times in <c>run.json</c>.</param>
    /// <param name="cancellation">Stops between epochs; finished units stay, and <see cref="RunOptions.Resume"/> goes on from them.</param>
    /// <exception cref="UsageException">The strategy is wrong, or training diverged.</exception>
    /// <exception cref="PriceDataException">The prices are refused.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static string Run(Strategy strategy, RunOptions options, IRunProgress progress, TimeProvider clock, CancellationToken cancellation)
    {
        // Bars become features, sizes and returns; the calendar becomes folds.
        progress.Message($"Reading prices from {string.Join(", ", strategy.Data.Path)}");
        var market = Preparation.Of(strategy, options.Threads);
        foreach (var defect in market.Data.Defects) progress.Message(defect.ToString());
        if (market.Costs == TradingCosts.None) progress.Message("The strategy has no costs: trades and short positions are free here, which they are nowhere else (costs: commission_bps, spread_bps, slippage_bps, borrow_bps_per_year).");
        var run = RunFolder.Open(market, options, Version, clock);

        // Each unit (fold, seed) sees the market up to its test window and minimises the negative Sharpe of its net returns.
        var plan = new UnitPlan(market.Folds, strategy.Training.Seeds);
        progress.PlanReady(run.Path, plan.Count, plan.CountFinished(run.Units));
        var trainer = new UnitTrainer(strategy, market.PeriodsPerYear, progress);
        var units = plan.Execute(run.Units, market.View, trainer, options.Threads, progress, cancellation);

        // The seeds of a fold decide together on its test window; one ledger runs through all test windows.
        progress.Message("Keeping the out-of-sample books");
        var models = units.Select(members => new FoldModel(strategy, members, market.PeriodsPerYear)).ToArray();
        var result = OutOfSample.Evaluate(market, models);
        var folds = FoldFigures.Of(result);

        // What is published is published whole: tables, figures, the newest fold's model, and last the report over all of it.
        progress.Message("Writing figures, model and report");
        run.Write("positions.csv", RunFiles.Positions(result));
        run.Write("equity.csv", RunFiles.Equity(result));
        run.Write("folds.csv", RunFiles.Folds(result, folds));
        run.Write("training.json", TrainingJson.Write(units));
        var history = TrialHistory.Before(run.Path, options.Reports, strategy.Name, strategy.Hash(), market.Data.Sha256);
        var evidence = RunEvidence.Of(result, history, options.Threads, cancellation);
        foreach (var (name, content) in EvidenceFiles.Of(evidence)) run.Write(name, content);
        var search = SearchComparison.Of(result, options.Threads, cancellation);
        if (search is not null) run.Write(SearchFile.Name, SearchFile.Write(search, market.PeriodsPerYear));
        var figures = FigureBlocks.Of(result, history, (evidence.Rule?.Looks ?? 0) + (search?.Search.Evaluations ?? 0));
        run.Write("metrics.json", MetricsJson.Write(result, folds, figures, evidence));
        var bundle = BundleExport.Write(run.Model, market, models[^1], market.Folds[^1], FigureBlocks.OfFold(result, folds[^1]), run.Id);
        if (SequenceMeasurement.Warning(bundle, strategy) is { } warning) progress.Message(warning);
        run.Complete();
        ReportWriter.Write(run.Path);
        return run.Path;
    }
}

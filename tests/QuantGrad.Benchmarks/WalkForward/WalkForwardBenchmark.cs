using System.Diagnostics;
using System.Globalization;
using QuantGrad.Benchmarks.Features;
using QuantGrad.MarketData;
using QuantGrad.Metrics;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Benchmarks.WalkForward;

/// <summary>
/// Features, ten windows of a hundred epochs over 2,520 days of 20 symbols, and the backtest of all test windows, beside a script of pandas and PyTorch that does
/// the same. The script's books are the simpler ones, |w[t] − w[t − 1]| without the drift of the weights, because those are what it can vectorise.
/// </summary>
internal static class WalkForwardBenchmark
{
    private const int Symbols = 20;
    private const int Days = 5_000;
    private const int Epochs = 100;
    private const double LearningRate = 0.003;
    private static readonly int Threads = Math.Min(2, Environment.ProcessorCount);

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<Comparison> Run(int? rounds)
    {
        var data = Market();
        var strategy = Strategy(Epochs);
        var folds = Preparation.Of(strategy, data, Threads).Folds;
        Ours(Strategy(2), data); // the compiler's first look at the code
        using var rival = TorchRival.Start(data.Panel, FeaturesBenchmark.Features.Select(f => f.Pandas), folds, Epochs, LearningRate,
            strategy.Costs.ToTradingCosts(data.PeriodsPerYear).CostFraction);
        var (ours, theirs) = (new Measured[rounds ?? 1], new Measured[rounds ?? 1]);
        for (var round = 0; round < ours.Length; round++)
        {
            ours[round] = Ours(strategy, data);
            if (rival is not null) theirs[round] = rival.Run();
            Report("ours", ours[round]);
            if (rival is not null) Report("theirs", theirs[round]);
        }

        var work = string.Create(CultureInfo.InvariantCulture, $"{folds.Count} windows x {Epochs} epochs");
        yield return Row($"{work}, elapsed", ours, theirs, rival?.Name, measured => measured.Seconds);
        yield return Row($"{work}, processor", ours, theirs, rival?.Name, measured => measured.Processor);
    }

    private static Measured Ours(Strategy strategy, MarketDataSet data)
    {
        using var process = Process.GetCurrentProcess();
        var folder = Directory.CreateTempSubdirectory("quantgrad-benchmark-").FullName;
        var (clock, processor) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        var market = Preparation.Of(strategy, data, Threads);
        var featured = clock.Elapsed;
        var plan = new UnitPlan(market.Folds, strategy.Training.Seeds);
        var trainer = new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance);
        var units = plan.Execute(new UnitStore(folder, strategy.Hash(), "", ""), market.View, trainer, Threads, SilentProgress.Instance, CancellationToken.None);
        var trained = clock.Elapsed;
        var ledger = OutOfSample.Evaluate(market, [.. units.Select(members => new FoldModel(strategy, members, market.PeriodsPerYear))]).Ledger;
        var moments = Moments.Of(ledger.NetReturns());
        var sharpe = moments.Mean / moments.StandardDeviation * Math.Sqrt(market.PeriodsPerYear);
        var elapsed = clock.Elapsed;
        process.Refresh();
        processor = process.TotalProcessorTime - processor;
        Directory.Delete(folder, recursive: true);
        return new Measured(elapsed.TotalSeconds, processor.TotalSeconds, featured.TotalSeconds, (trained - featured).TotalSeconds,
            (elapsed - trained).TotalSeconds, units.Average(members => members[0].TrainObjective[^1]), sharpe);
    }

    private static Comparison Row(string name, Measured[] ours, Measured[] theirs, string? rival, Func<Measured, double> seconds)
    {
        var mine = ours.Select(seconds).ToArray();
        if (rival is null) return new Comparison(name, 1000 * Comparison.Median(mine), "", null, "ms", null, mine.Length);
        var other = theirs.Select(seconds).ToArray();
        return new Comparison(name, 1000 * Comparison.Median(mine), rival, 1000 * Comparison.Median(other), "ms", Comparison.Median(mine.Zip(other, (a, b) => a / b)), mine.Length);
    }

    /// <summary>Where the time went, and that both found about the same.</summary>
    private static void Report(string who, Measured m) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{who,-6}: features {m.Features:F2} s, training {m.Training:F2} s, backtest {m.Backtest:F2} s; Sharpe ratio at the end of training {m.TrainSharpe:F2}, out of sample {m.Sharpe:F2}"));

    private static Strategy Strategy(int epochs)
    {
        var features = string.Join('\n', FeaturesBenchmark.Features.Select((f, i) => $"  f{i}: {f.Ours}"));
        return StrategyFile.Parse(string.Create(CultureInfo.InvariantCulture, $$"""
            name: benchmark
            data: { path: . }
            features:
            {{features}}
            model: { network: { layers: [{ dense: 32, activation: tanh }, { dense: 16, activation: tanh }], output: tanh, scaling: { clip: none } } }
            position: { sizing: none, portfolio: equal }
            costs: { commission_bps: 1, spread_bps: 2, slippage_bps: 1, borrow_bps_per_year: 0 }
            execution: { fill: close }
            training: { optimizer: adam, learning_rate: {{LearningRate}}, schedule: constant, epochs: {{epochs}}, early_stopping: 0, seeds: 1 }
            walk_forward: { scheme: rolling, train: 2520b, validation: 0, test: 223b }
            """), "benchmark.yaml");
    }

    /// <summary>Daily returns with an autocorrelation of 0.1: something to find for both.</summary>
    private static MarketDataSet Market()
    {
        var panel = SyntheticMarket.Ar1(1, Symbols, years: 20).Panel;
        double[][] Cut(double[][] columns) => Array.ConvertAll(columns, column => column[..Days]);
        var cut = new Panel(panel.Dates[..Days], panel.Symbols, Cut(panel.Open), Cut(panel.High), Cut(panel.Low), Cut(panel.Close), Cut(panel.Volume));
        return new MarketDataSet(cut, [], Sampling.Of([.. cut.Dates.Select(date => date.Ticks)]), []);
    }
}

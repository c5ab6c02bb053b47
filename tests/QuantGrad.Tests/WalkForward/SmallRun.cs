using QuantGrad.MarketData;
using QuantGrad.MarketData.Synthetic;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Small strategies on small markets, for tests of the whole walk.</summary>
internal static class SmallRun
{
    /// <summary>A strategy that trains in a second or two.</summary>
    /// <param name="path">The prices.</param>
    /// <param name="settings">Settings over the defaults, each <c>key.path=value</c>.</param>
    public static Strategy Strategy(string path, params string[] settings) => StrategyFile.Parse(
        """
        name: small
        features:
          r1: ret(1) / ewmvol(20)
          r5: ret(5) / (ewmvol(20) * sqrt(5))
          trend: ema(close, 8) / ema(close, 24) - 1
        model: { network: { layers: [ {dense: 4, activation: tanh}, {dropout: 0.1} ] } }
        position: { vol_span: 20 }
        costs: { commission_bps: 2, spread_bps: 2, slippage_bps: 1, borrow_bps_per_year: 50 }
        execution: { fill: close }
        training: { learning_rate: 0.01, epochs: 12, early_stopping: 6, burn_in: 2, seeds: 2 }
        walk_forward: { scheme: expanding, train: 2y, validation: 6m, test: 1y }
        """,
        Path.Combine(AppContext.BaseDirectory, "small.yaml"),
        [$"data.path={path}", .. settings]);

    /// <summary>Trains every unit and keeps the out-of-sample books, in memory but for the units.</summary>
    public static OutOfSample Evaluate(Strategy strategy, MarketDataSet data)
    {
        var market = Preparation.Of(strategy, data, threads: 2);
        var folder = Directory.CreateTempSubdirectory("quantgrad-units-");
        try
        {
            var units = new UnitPlan(market.Folds, strategy.Training.Seeds).Execute(
                new UnitStore(folder.FullName, strategy.Hash(), "data", "test"), market.View,
                new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance), 2, SilentProgress.Instance, CancellationToken.None);
            return OutOfSample.Evaluate(market, [.. units.Select(members => new FoldModel(strategy, members, market.PeriodsPerYear))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A panel as if it had been read from files.</summary>
    public static MarketDataSet DataSet(Panel panel) => new(panel, [], Sampling.Of(Array.ConvertAll(panel.Dates, date => date.Ticks)), []);

    /// <summary>A market whose returns depend on the return before.</summary>
    public static PlantedMarket Autoregressive(ulong seed, int symbols, int years, double rho) => AutoregressiveMarket.Make(seed, symbols, years, rho, 0.01);
}

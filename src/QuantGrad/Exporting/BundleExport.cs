using QuantGrad.Features;
using QuantGrad.Metrics;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Exporting;

/// <summary>Exports a fold of a run as a bundle: <see cref="ModelFile"/> and the manifest that says what stands around it.</summary>
internal static class BundleExport
{
    /// <summary>Writes the bundle of a fold.</summary>
    /// <param name="folder">The bundle's folder.</param>
    /// <param name="market">Strategy, data and features.</param>
    /// <param name="model">The fold's members.</param>
    /// <param name="fold">The fold.</param>
    /// <param name="testMetrics">Figures of the fold's test rows; null where it was not tested.</param>
    /// <param name="runId">The run it comes from.</param>
    public static BundleManifest Write(string folder, Preparation market, FoldModel model, Fold fold, MetricSet? testMetrics, string runId)
    {
        var strategy = market.Strategy;
        var panel = market.Data.Panel;
        var history = HistoryMeasurement.Measure(market.Formulas, panel, market.Features);
        var symbols = SymbolsSeen(market, fold);
        var manifest = new BundleManifest(
            BundleManifest.CurrentFormat, strategy.Name, fold.Index + 1, strategy.Model.Kind(), SequenceMeasurement.Bars(market, model), strategy.Model.WarmUpBars(),
            Features(market, fold, history, symbols),
            new BundleMarket(market.Data.BarInterval.TotalSeconds, market.PeriodsPerYear, symbols),
            Window(market, fold),
            strategy.Position.ToBundle(SizingHistory(market)),
            strategy.Costs.ToBundle(),
            StrategyTerms.Word(market.Fill),
            testMetrics?.Figures.Where(figure => figure.Upper is null)
                .ToDictionary(figure => figure.Name, figure => figure.Value.IsDefined ? figure.Value.Value : (double?)null, StringComparer.Ordinal) ?? [],
            new BundleSource(runId, fold.Test.Count > 0 ? fold.Index : -1, strategy.Seed, model.Members.Count, strategy.Hash(), market.Data.Sha256, Pipeline.Version),
            [], "");
        return BundleWriter.Write(folder, manifest, ModelFile.Write(market, model, fold, manifest.ModelVersion, manifest.HistoryBars, symbols));
    }

    /// <summary>A fold without a test window is a model for use: it may decide on the bar after the last one, and is due again after a test length.</summary>
    private static BundleWindow Window(Preparation market, Fold fold)
    {
        var dates = market.Data.Panel.Dates;
        var next = dates[^1] + market.Data.BarInterval;
        return new BundleWindow(
            dates[fold.Train.Start], dates[fold.Train.End - 1],
            fold.Validation.Count > 0 ? dates[fold.Validation.Start] : null,
            fold.Validation.Count > 0 ? dates[fold.Validation.End - 1] : null,
            fold.Test.Count > 0 ? dates[fold.Test.Start] : next,
            fold.Test.Count > 0 ? dates[fold.Test.End - 1] : After(next, market.Strategy.WalkForward.Test, market.Data.BarInterval));
    }

    private static DateTime After(DateTime date, WindowLength length, TimeSpan barInterval) => length.Unit switch
    {
        WindowUnit.Years => date.AddYears(length.Count),
        WindowUnit.Months => date.AddMonths(length.Count),
        _ => date + length.Count * barInterval,
    };

    private static List<BundleFeature> Features(Preparation market, Fold fold, int[] history, string[] symbols)
    {
        var (names, panel) = (market.Formulas.Names, market.Data.Panel);
        var rows = from step in Enumerable.Range(fold.Train.Start, fold.Train.Count)
                   from asset in Enumerable.Range(0, market.View.Assets)
                   where market.Sizing.Decisions[step * market.View.Assets + asset] == Accounting.Decision.Trade
                   select (Step: step, Asset: asset);
        var cells = rows.ToArray();
        return [.. names.Select((name, feature) =>
        {
            var values = Array.ConvertAll(cells, cell => feature == market.Formulas.SymbolColumn ? Array.IndexOf(symbols, panel.Symbols[cell.Asset]) : market.Features.Row(cell.Step, cell.Asset)[feature]);
            var moments = Moments.Of(values);
            return new BundleFeature(name, market.Formulas.Formulas[feature], history[feature], values.Min(), values.Max(), moments.Mean, Math.Sqrt(moments.Variance));
        })];
    }

    private static string[] SymbolsSeen(Preparation market, Fold fold) =>
        [.. market.Data.Panel.Symbols.Where((_, asset) => Enumerable.Range(fold.Train.Start, fold.Train.Count)
            .Any(step => market.Sizing.Decisions[step * market.View.Assets + asset] == Accounting.Decision.Trade))];

    private static int SizingHistory(Preparation market)
    {
        // Who shares the equity is known by the bars within which a symbol may be silent.
        var shares = market.View.Assets > 1 && !market.Strategy.Position.Portfolio.LooksAcross() ? PortfolioMembers.StaleAfterBars + 1 : 1;
        if (market.Strategy.Position.Sizing != Sizing.VolTarget) return shares;
        var volatility = PositionSizing.VolatilityFormula(market.Strategy.Position.VolSpan, market.Data.BarInterval);
        return Math.Max(shares, HistoryMeasurement.Measure(volatility, market.Data.Panel, volatility.Compute(market.Data.Panel))[0]);
    }
}

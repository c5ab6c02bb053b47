using QuantGrad.MarketData;
using QuantGrad.Tests.Exporting;
using QuantGrad.Tests.MarketData;
using QuantGrad.Tests.WalkForward;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Rules;

/// <summary>A rule with a value of its own for every symbol, exported: each symbol keeps its own, and one that training has not seen has the first value.</summary>
public sealed class EachSymbolBundleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-each-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("$k * sign(sma(close, $n) - lag(close, 30))")]
    [InlineData("tanh($k * (ema(close, $n) / close - 1) * 20)")]
    public void Bundle_FirstSymbolBeginsInTheTestWindow_GivesTheRunsSignals(string position)
    {
        var panel = SyntheticMarket.Regimes(5, 3, 7).Panel;
        var strategy = SmallRun.Strategy(
            "unused", "model.network=", "model.rule.parameters.n={init: 10, min: 3, max: 40, each: true}", "model.rule.parameters.k={init: 0.8, min: 0.1, max: 1}",
            "training.seeds=1", "training.epochs=10", "training.learning_rate=0.2", "model.rule.starts=2", $"model.rule.position={position}");
        var fold = Preparation.Of(strategy, SmallRun.DataSet(panel), 1).Folds[0];
        for (var step = 0; step < fold.Test.Start + 5; step++)
            panel.Open[0][step] = panel.High[0][step] = panel.Low[0][step] = panel.Close[0][step] = panel.Volume[0][step] = double.NaN;
        var result = SmallRun.Evaluate(strategy, SmallRun.DataSet(panel));
        Assert.Equal(fold, result.Market.Folds[0]);

        var manifest = BundleParity.Check(result, 0, Path.Combine(folder.FullName, "model"));

        Assert.Equal(panel.Symbols[1..], manifest.Market.Symbols);
    }

    [Fact]
    public void Prepare_MoreSymbolsThanThereIsRoomFor_IsRefused()
    {
        var dates = Enumerable.Range(0, 10).Select(day => TinyBundle.Day(2017, 1, 3).AddDays(day)).ToArray();
        var columns = Enumerable.Repeat(Enumerable.Repeat(1.0, dates.Length).ToArray(), 257).ToArray();
        var panel = new Panel(dates, [.. Enumerable.Range(0, 257).Select(symbol => $"S{symbol}")], columns, columns, columns, columns, columns);
        var strategy = SmallRun.Strategy("unused", "model.network=", "model.rule.parameters.n={init: 10, min: 3, max: 40, each: true}", "model.rule.position=sign(close - sma(close, $n))");

        var refused = Assert.Throws<UsageException>(() => Preparation.Of(strategy, SmallRun.DataSet(panel), 1));

        Assert.Equal("model.rule.parameters.n: each: true has room for 256 symbols, the prices have 257; let the symbols share one value, or take fewer of them.", refused.Message);
    }
}

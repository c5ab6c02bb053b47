using System.Text.Json;
using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>The last bars of the prices, whose outcome is not known: what is held is published there too, and a fold of such bars alone has no figures.</summary>
public sealed class LastBarsTests : IDisposable
{
    private static readonly MarketDataSet Holes = SequenceModelTests.MarketWithHoles();

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-last-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, InlineData("close"), InlineData("next_open"), InlineData("next_close")]
    public void Weight_PricesCutAnywhere_IsThatOfTheWholePrices(string fill)
    {
        var strategy = SmallRun.Strategy("unused", $"execution.fill={fill}");
        var market = Preparation.Of(strategy, Holes, 1);
        var model = SequenceModelTests.Untrained(strategy, market);
        OutOfSample Evaluate(Preparation of) => OutOfSample.Evaluate(of, [.. of.Folds.Select(_ => model)]);
        var whole = Evaluate(market);

        var (heldWithoutBar, assets) = (0, whole.Assets);
        for (var end = whole.First + 30; end < whole.First + 60; end++)
        {
            var cut = Evaluate(Preparation.Of(strategy, SmallRun.DataSet(Holes.Panel.Until(end)), 1));
            Assert.Equal(whole.First, cut.First);
            for (var step = 0; step < end - cut.First; step++)
                for (var asset = 0; asset < assets; asset++)
                {
                    Assert.Equal(whole.Weight(step, asset), cut.Weight(step, asset));
                    if (step == end - cut.First - 1 && cut.Decisions[step * assets + asset] == Decision.None && cut.Weight(step, asset) != 0) heldWithoutBar++;
                }
        }

        Assert.InRange(heldWithoutBar, 2, int.MaxValue);
    }

    [Theory, InlineData("close"), InlineData("next_open"), InlineData("next_close")]
    public void Weight_NoBar_IsWhatTheBooksHoldAtThatClose(string fill)
    {
        var strategy = SmallRun.Strategy("unused", $"execution.fill={fill}", "costs.commission_bps=0", "costs.spread_bps=0", "costs.slippage_bps=0", "costs.borrow_bps_per_year=0");
        var market = Preparation.Of(strategy, Holes, 1);
        var walk = OutOfSample.Evaluate(market, [.. market.Folds.Select(_ => SequenceModelTests.Untrained(strategy, market))]);
        var (panel, checkedRows) = (market.Data.Panel, 0);

        // Symbol 1 has no bar here and had one on the two bars before: what was held of it is worth the same, and its weight moves with the equity alone. A fill at
        // the next close did not come about for the decision of the bar before.
        for (var step = 2; step < 200; step++)
        {
            bool Has(int back) => panel.HasBar(walk.First + step - back, 1);
            if (Has(0) || !Has(1) || !Has(2)) continue;
            var expected = fill switch
            {
                "close" => walk.Weight(step - 1, 1) / (1 + walk.Ledger.Net(step - 1)),
                "next_open" => walk.Ledger.Held(step - 1, 1) / (1 + walk.Ledger.Net(step - 1)),
                _ => walk.Weight(step - 2, 1) / (1 + walk.Ledger.Net(step - 2)),
            };
            Assert.Equal(expected, walk.Weight(step, 1), 1e-12);
            checkedRows++;
        }

        Assert.InRange(checkedRows, 5, 200);
    }

    [Theory, InlineData(3, "next_close"), InlineData(29, "next_close"), InlineData(1, "close")]
    public void Run_LastTestWindowWithoutAnOutcome_EndsWithAReportAndUndefinedFigures(int test, string fill)
    {
        var prices = Path.Combine(folder.FullName, "prices");
        var train = test == 29 ? 46 : test == 1 ? 40 : 34;
        PriceWriter.WriteSymbolFiles(SmallRun.Autoregressive(7, 1, 1, 0.1).Panel.Until(50), prices);
        var strategy = SmallRun.Strategy(prices, $"execution.fill={fill}", "features={r: ret(1)}", "model.network.layers=[]", "position.sizing=none", "training.epochs=1",
            $"walk_forward={{train: {train}, validation: 0, test: {test}}}");

        var run = Pipeline.Run(strategy, new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 1, Resume: false), SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

        using var metrics = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "metrics.json")));
        var last = metrics.RootElement.GetProperty("folds").EnumerateArray().Last();
        Assert.Equal(0, last.GetProperty("test_observations").GetInt32());
        Assert.Equal("fewer than 2 returns", last.GetProperty("reasons").GetProperty("test_sharpe").GetString());
        Assert.True(File.Exists(Path.Combine(run, "report.html")));
        Assert.True(File.Exists(Path.Combine(run, "model", "manifest.json")));
    }
}

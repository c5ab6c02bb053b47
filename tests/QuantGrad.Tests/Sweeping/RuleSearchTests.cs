using System.Text.Json;
using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;
using QuantGrad.Tests.Features;
using QuantGrad.Tests.WalkForward;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Sweeping;

public sealed class RuleSearchTests
{
    private static readonly MarketDataSet Market = SmallRun.DataSet(SyntheticMarket.Regimes(5, 3, 7).Panel);

    private const string Pair = """
        name: pair
        data: { path: unused }
        model:
          rule:
            parameters: { fast: { init: 10, min: 4, max: 24 }, slow: { init: 40, min: 20, max: 60 } }
            position: where(sma(close, $fast) > sma(close, $slow), -1, 1)
            starts: 2
        position: { sizing: none }
        costs: { commission_bps: 1 }
        execution: { fill: close }
        training: { search: grid, search_points: 3000, epochs: 6, seeds: 1 }
        walk_forward: { scheme: rolling, train: 6y, validation: 0, test: 1y }
        """;

    [Fact]
    public void Run_MarketThatTurnsAgainstOnePair_FindsThatPair()
    {
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var market = Preparation.Of(Parse(Pair), SmallRun.DataSet(Planted(seed, fast: 9, slow: 38)), threads: 2);
            var search = RuleSearch.Run(market, 2, CancellationToken.None)!;

            Assert.True(search.UsesLanes);
            Assert.Equal(21 * 41, search.Evaluations);
            Assert.Equal([9, 38], search.Folds[0].Values);
            Assert.Equal([false, false], search.Folds[0].AtEdge);
            Assert.Equal((search.Evaluations + 1) / 2.0, search.EvaluationsToReach(0, search.Folds[0].TrainObjective));
            Assert.Equal(double.NaN, search.EvaluationsToReach(0, search.Folds[0].TrainObjective + 1e-9));
        }
    }

    [Fact]
    public void Surface_PlantedPair_HasItsPeakThere()
    {
        var market = Preparation.Of(Parse(Pair), SmallRun.DataSet(Planted(4, fast: 9, slow: 38)), threads: 2);
        var surface = RuleSurface.Of(market, 0, first: 1, second: 0, [10, 40], most: 100, threads: 2, CancellationToken.None);

        Assert.Equal(("slow", "fast"), (surface.First, surface.Second));
        Assert.Equal((38 - 20, 9 - 4), surface.Best);
        Assert.Contains(surface.Best, surface.LocalMaxima);
        Assert.False(surface.BestLiesAtEdge);
        var narrow = RuleSurface.Of(Preparation.Of(Parse(Pair, "model.rule.parameters.slow.max=30", "model.rule.parameters.slow.init=25"), market.Data, 1), 0, 0, 1, [10, 25], 100, 1, CancellationToken.None);
        Assert.True(narrow.BestLiesAtEdge);
    }

    [Theory]
    [InlineData("ema-cross", "grid", 200)]
    [InlineData("donchian-breakout", "random", 40)]
    [InlineData("bollinger-reversal", "random", 40)]
    public void Run_OtherThreadsAndOtherEvaluator_FindTheSame(string name, string kind, int points)
    {
        var market = Preparation.Of(Sample(name, $"training.search={kind}", $"training.search_points={points}"), Market, 1);
        var (one, two) = (RuleSearch.Run(market, 1, CancellationToken.None)!, RuleSearch.Run(market, 2, CancellationToken.None)!);
        Assert.Equal(one.Points, two.Points);
        Assert.Equal(one.TrainObjectives, two.TrainObjectives);
        Assert.Equal(one.Folds.Select(fold => fold.Best), two.Folds.Select(fold => fold.Best));
        Assert.InRange(one.Evaluations, 1, points);

        // The penalty of leverage is unknown to the lanes; a tiny one sends every point through the plain evaluator and the loss's own graph.
        var plain = RuleSearch.Run(Preparation.Of(Sample(name, $"training.search={kind}", $"training.search_points={points}", "objective.leverage_penalty=1e-12"), Market, 1), 1, CancellationToken.None)!;
        Assert.False(plain.UsesLanes);
        for (var i = 0; i < one.Evaluations; i++)
            for (var f = 0; f < one.Folds.Length; f++) Assert.Equal(plain.TrainObjectives[i][f], one.TrainObjectives[i][f], 1e-8);
    }

    [Fact]
    public void OutOfSample_EachFoldsBest_TradesOnItsTestWindow()
    {
        var market = Preparation.Of(Sample("ema-cross", "training.search=random", "training.search_points=50"), Market, 1);
        var search = RuleSearch.Run(market, 1, CancellationToken.None)!;
        var ledger = search.OutOfSample(market);

        Assert.Equal(market.Folds[0].Test.Start, ledger.FirstStep);
        Assert.True(ledger.Column(PortfolioAccounting.Turnover).Sum() > 0);
        Assert.All(search.Folds, fold => Assert.Equal(search.TrainObjectives.Max(row => row[fold.Fold]), fold.TrainObjective));
    }

    [Theory]
    [InlineData("ema-cross")]
    [InlineData("macd")]
    [InlineData("rsi-reversion")]
    [InlineData("bollinger-reversal")]
    [InlineData("donchian-breakout")]
    [InlineData("time-series-momentum")]
    [InlineData("pair-spread")]
    public void Signals_TrainedRule_AreThoseOfItsGraphAtTemperatureZero(string name)
    {
        var result = SmallRun.Evaluate(Sample(name), Market);
        using var objective = new RuleObjective(result.Market);
        var (fold, record) = (result.Market.Folds[^1], result.Models[^1].Members[0].Rule!);
        var values = objective.Rule.Parameters.Select(parameter => Array.IndexOf(record.Names, parameter.Name) is >= 0 and var i ? record.Values[i] : parameter.Min).ToArray();
        var (graph, hard) = (result.Models[^1].Signals(result.Market.View, fold.Test), objective.Signals(values));

        // A step in single precision can fall on the other side.
        var offset = fold.Test.Start * result.Assets;
        var differing = Enumerable.Range(0, graph.Length).Count(cell => double.IsNaN(graph[cell]) != double.IsNaN(hard[offset + cell]) || Math.Abs(graph[cell] - hard[offset + cell]) > 1e-4);
        Assert.True(differing <= graph.Length / 200, $"{differing} of {graph.Length} differ at {string.Join(", ", values)}: {string.Join(" ", Enumerable.Range(0, graph.Length).Where(c => !double.IsNaN(graph[c])).Take(12).Select(cell => $"{graph[cell]:g6}|{hard[offset + cell]:g6}"))}");
    }

    [Fact]
    public void Compare_SearchAndDescent_AreJudgedByTheSameBooks()
    {
        var result = SmallRun.Evaluate(Sample("macd", "training.search=random", "training.search_points=30"), Market);
        var comparison = SearchComparison.Of(result, 2, CancellationToken.None)!;

        // Descent's own look at the hard rule has a shorter lead-in, so that its averages differ a little.
        for (var fold = 0; fold < comparison.Descent.Length; fold++)
            Assert.Equal(result.Models[fold].Members[0].Rule!.HardObjective, comparison.DescentObjectives[fold], 0.05);
        using var json = JsonDocument.Parse(SearchFile.Write(comparison, 252));
        Assert.Equal("lanes", json.RootElement.GetProperty("evaluator").GetString());
        Assert.Equal(comparison.Search.Folds.Length, json.RootElement.GetProperty("folds").GetArrayLength());
        Assert.Equal(comparison.Search.Folds[0].Values[1], json.RootElement.GetProperty("folds")[0].GetProperty("values").GetProperty("slow").GetDouble());
    }

    [Theory]
    [InlineData("training.search=grid", "model: { network: { layers: [] } }", "the model is a network")]
    [InlineData("training.search=random", "model: { rule: { parameters: { n: { init: 5, min: 2, max: 9, each: true } }, position: sign(ret($n)) } }", "$n has a value for every symbol")]
    public void Parse_SearchOfWhatHasNoSharedParameters_IsRefused(string setting, string model, string reason)
    {
        var fault = Assert.Throws<UsageException>(() => StrategyFile.Parse(
            $"name: x\ndata: {{ path: unused }}\nfeatures: {{ r: ret(1) }}\n{model}\nwalk_forward: {{ train: 1y, test: 1y }}", "x.yaml", [setting]));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    private static Strategy Parse(string text, params string[] settings) => StrategyFile.Parse(text, Path.Combine(AppContext.BaseDirectory, "pair.yaml"), settings);

    private static Strategy Sample(string name, params string[] settings) => StrategyFile.Read(
        Repository.PathOf($"strategies/{name}.yaml"),
        ["training.epochs=6", "model.rule.starts=1", "walk_forward.train=2y", "walk_forward.test=1y", "data.path=unused", .. settings]);

    /// <summary>A price whose next return leans against the sign of one pair of averages: no other pair knows it as well.</summary>
    private static Panel Planted(ulong seed, int fast, int slow)
    {
        const int Days = 2600;
        var close = new double[Days];
        close[0] = 100;
        for (var t = 0; t + 1 < Days; t++)
        {
            double Mean(int n) => Enumerable.Range(0, n).Average(i => close[Math.Max(0, t - i)]);
            var noise = Enumerable.Range(0, 12).Sum(_ => Markets.Uniform(ref seed)) - 6;
            close[t + 1] = close[t] * Math.Exp(0.01 * (noise - 0.6 * (Mean(fast) > Mean(slow) ? 1 : -1)));
        }

        return Markets.OfCloses(close);
    }
}

using QuantGrad.Auditing;
using QuantGrad.Autodiff;
using QuantGrad.Exporting;
using QuantGrad.Inference;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Tests.MarketData;
using QuantGrad.Tests.WalkForward;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Rules;

/// <summary>The sample rules, end to end on a small market: gradients, same bytes, parity of the exported model, no look-ahead.</summary>
public class RuleRunTests
{
    private static readonly MarketDataSet Market = SmallRun.DataSet(SyntheticMarket.Regimes(5, 3, 7).Panel);

    /// <summary>Every rule in <c>strategies/</c>.</summary>
    public static TheoryData<string> Rules =>
        ["ema-cross", "macd", "rsi-reversion", "bollinger-reversal", "donchian-breakout", "time-series-momentum", "pair-spread"];

    [Theory, MemberData(nameof(Rules))]
    public void Gradient_FiveRandomPoints_EqualsCentralDifferences(string name)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var report = StrategyGradientCheck.Run(Preparation.Of(Small(name, $"seed={seed}"), Market, 2), valuesPerGroup: 10, tolerance: 1e-6);
            Assert.All(report.Groups, group => Assert.True(group.MaxError < 1e-6, $"{name}, point {seed}: {group}"));
        }
    }

    [Theory, MemberData(nameof(Rules))]
    public void Export_HardRule_OnnxRuntimeAgreesOnEveryTestRow(string name) => AssertParity(Small(name));

    [Theory, InlineData("ema-cross"), InlineData("donchian-breakout"), InlineData("bollinger-reversal")]
    public void Export_SoftRule_OnnxRuntimeAgreesOnEveryTestRow(string name) => AssertParity(Small(name, "model.rule.harden=false", "model.rule.temperature_end=0.3"));

    [Theory, MemberData(nameof(Rules))]
    public void Audit_FindsNothing(string name) =>
        Assert.Empty(StrategyAudit.Run(new AuditedPipeline(StrategyAudit.Shortened(Small(name))), Market, 1, CancellationToken.None).Findings);

    [Fact]
    public void Train_AnyNumberOfThreads_GivesTheSameParameters()
    {
        var strategy = Small("ema-cross");
        var market = Preparation.Of(strategy, Market, 1);
        float[][] Trained(int threads)
        {
            var folder = Directory.CreateTempSubdirectory("quantgrad-rules-");
            try
            {
                var units = new UnitPlan(market.Folds, 1).Execute(
                    new UnitStore(folder.FullName, "s", "d", "t"), market.View, new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance), threads, SilentProgress.Instance, CancellationToken.None);
                return [.. units.Select(members => members[0].Parameters)];
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        Assert.Equal(Trained(1), Trained(3));
    }

    [Fact]
    public void Train_RecordsEveryStartAndItsPath()
    {
        var result = SmallRun.Evaluate(Small("ema-cross"), Market);
        var record = result.Models[0].Members[0].Rule!;

        Assert.Equal(["fast", "slow", "entry", "gain"], record.Names);
        Assert.Equal(3, record.Starts.Length);
        Assert.All(record.Starts, start => Assert.Equal(13, start.Path.Length));
        Assert.Equal([10, 60, 0, 2], record.Starts[0].Path[0].Select(value => Math.Round(value, 6)));
        Assert.Equal(record.Starts.Max(start => start.HardObjective), record.HardObjective, 1e-9);
        Assert.Equal(3 * 12, record.Evaluations - record.Looks);
        Assert.InRange(record.Looks, 3, 3 * 12);
        Assert.All(record.Starts, start => Assert.All(start.Path, values => Assert.InRange(values[1], 20, 250)));
    }

    [Fact]
    public void Rule_AroundANetwork_TrainsBothAndExports()
    {
        var strategy = SmallRun.Strategy(
            "unused", "model.network.layers=[{dense: 3}]", "model.rule.parameters.n={init: 10, min: 3, max: 40}", "model.rule.parameters.k={init: 1, min: 0.1, max: 3}",
            "model.rule.position=tanh($k * network) * where(close > ema(close, $n), 1, 0.2)", "training.seeds=2", "training.epochs=6", "model.rule.starts=2");
        var before = Preparation.Of(strategy, Market, 1);
        Assert.Equal(4, before.View.FeatureCount);
        AssertParity(strategy);
    }

    /// <summary>ONNX Runtime has these layers in float only, and beside a rule the model computes in double.</summary>
    [Theory]
    [InlineData("[{lstm: 3}]", "model.network.memory=30")]
    [InlineData("[{gru: 3}, {conv: 3, kernel: 2}]", "model.network.memory=30")]
    [InlineData("[{tcn: 3, kernel: 2}, {dense: 3, activation: elu}, {dense: 3, activation: leaky_relu}, {dense: 3, activation: softplus}]")]
    public void Rule_GatesLayersThatRunInFloat_Exports(string layers, params string[] settings) => AssertParity(SmallRun.Strategy(
        "unused", [$"model.network.layers={layers}", "model.rule.parameters.k={init: 0.02, min: 0.001, max: 0.1}", "model.rule.position=network * where(vol(20) < $k, 1, 0)",
        "training.seeds=1", "training.epochs=3", "model.rule.starts=1", .. settings]));

    [Theory]
    [InlineData("model.rule.position=$k * sign(sma(close, $n) - lag(close, 30))")]
    [InlineData("model.rule.position=tanh($k * (ema(close, $n) / close - 1) * 20)")]
    [InlineData("model.rule.position=$k * sign(rolling_max(close, $n) - 1.02 * close)", "model.rule.harden=false", "model.rule.temperature_end=0.4")]
    public void Rule_EachSymbolItsOwnLookBack_LearnsDifferentOnesAndExports(params string[] settings)
    {
        var strategy = SmallRun.Strategy(
            "unused", ["model.network=", "model.rule.parameters.n={init: 10, min: 3, max: 40, each: true}", "model.rule.parameters.k={init: 0.8, min: 0.1, max: 1}",
            "training.seeds=1", "training.epochs=10", "training.learning_rate=0.2", "model.rule.starts=2", .. settings]);
        var result = SmallRun.Evaluate(strategy, Market);
        var record = result.Models[^1].Members[0].Rule!;

        Assert.Equal(["n[0]", "n[1]", "n[2]", "k"], record.Names);
        Assert.Equal(3, record.Starts.SelectMany(start => start.End.Take(3)).Chunk(3).Max(values => values.Distinct().Count()));
        AssertParity(strategy);
        var report = StrategyGradientCheck.Run(Preparation.Of(strategy, Market, 2), valuesPerGroup: 10, tolerance: 1e-6);
        Assert.All(report.Groups, group => Assert.True(group.MaxError < 1e-6, $"{group}"));
    }

    /// <summary>The real panels, which have closes alone; a rule that reads highs and lows says so, and runs on a stock that has them.</summary>
    [Theory, MemberData(nameof(Rules)), Trait("Category", "Long")]
    public void Run_RealPrices_WalksThroughThem(string name)
    {
        string[] settings = ["training.epochs=6", "model.rule.starts=2", "walk_forward.test=2y", "data.from=2004-01-01"];
        var panel = MarketDataLoader.Load([SharedData.PathOf("panels/stocks20_1990_2022.csv.gz")], new DateTime(2004, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        if (name == "donchian-breakout")
        {
            var fault = Assert.Throws<PriceDataException>(() => Preparation.Of(Small(name, settings), panel, 2));
            Assert.Contains("read highs and lows, which these prices do not have", fault.Message, StringComparison.Ordinal);
            panel = MarketDataLoader.Load([SharedData.PathOf("ohlcv/GOOG_2004_2013.csv")]);
        }

        var result = SmallRun.Evaluate(Small(name, settings), panel);
        Assert.Contains(result.Ledger.NetReturns(), value => value != 0);
        Assert.All(result.Ledger.NetReturns(), value => Assert.True(double.IsFinite(value)));
        Assert.All(result.Models.SelectMany(model => model.Members), unit => Assert.True(double.IsFinite(unit.Rule!.HardObjective)));
    }

    private static Strategy Small(string name, params string[] settings) => StrategyFile.Read(
        Repository.PathOf($"strategies/{name}.yaml"),
        ["training.epochs=12", "model.rule.starts=3", "walk_forward.train=2y", "walk_forward.test=1y", .. settings]);

    /// <summary>The exported graph on the newest fold's test window with its lead-in, against the engine's signals.</summary>
    private static void AssertParity(Strategy strategy)
    {
        var result = SmallRun.Evaluate(strategy, Market);
        var (market, model, fold) = (result.Market, result.Models[^1], result.Market.Folds[^1]);
        var signals = model.Signals(market.View, fold.Test);
        var bytes = ModelFile.Write(market, model, fold, 1, 1, market.Data.Panel.Symbols);
        using var session = new OnnxSession(bytes);
        using var binding = new OnnxBinding(session);
        var compared = 0;
        var (assets, width) = (market.View.Assets, market.View.FeatureCount);
        for (var asset = 0; asset < assets; asset++)
        {
            var rows = OwnBarRows.Of(market.View, [asset], fold.Test, strategy.Model.Memory());
            var steps = Enumerable.Range(0, rows.Bars.Length).Where(step => rows.Bars[step] >= 0).ToArray();
            if (steps.Length == 0) continue;
            binding.SetShape(0, [1, steps.Length, width]);
            for (var i = 0; i < steps.Length; i++)
                for (var feature = 0; feature < width; feature++)
                    binding.Input<float>(0)[i * width + feature] = (float)market.View.Features.Span[((rows.FirstStep + steps[i]) * assets + asset) * width + feature];
            binding.Run();
            for (var i = 0; i < steps.Length; i++)
            {
                var step = rows.FirstStep + steps[i] - fold.Test.Start;
                if (step < 0 || double.IsNaN(signals[step * assets + asset])) continue;
                Assert.True(Math.Abs(binding.Output<float>()[i] - signals[step * assets + asset]) <= 1e-5, $"{market.Data.Panel.Symbols[asset]} {step}: {binding.Output<float>()[i]} against {signals[step * assets + asset]}");
                compared++;
            }
        }

        Assert.True(compared > 150, $"{compared} rows");
        Assert.Contains(result.Signals, signal => Math.Abs(signal) > 1e-3);
    }
}

using QuantGrad.Accounting;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;
using QuantGrad.Rules;
using QuantGrad.Strategies;

namespace QuantGrad.Tests.Strategies;

public sealed class StrategyFileTests
{
    private const string Small = """
        name: small
        data: { path: prices.csv }
        features:
          mom: ret(21)
        model:
          network: { layers: [ {dense: 8} ] }
        walk_forward: { train: 5y, test: 1y }
        """;

    [Fact]
    public void Parse_ContractExample_GivesEveryValue()
    {
        var strategy = StrategyFile.Parse(
            """
            name: deep-momentum
            data: { path: ../data/sample, from: 1995-01-01, periods_per_year: 252 }
            features:                                   # formulas over bars; causal by construction
              mom_1m:  ret(21) / (vol(63) * sqrt(21))
              rsi:     rsi(14) / 50 - 1
            model:
              network: { layers: [ {dense: 32, activation: tanh}, {dropout: 0.1}, {dense: 16} ], output: tanh }
            position: { sizing: vol_target, vol_target: 0.15, max_leverage: 2, portfolio: equal }
            costs: { commission_bps: 1, spread_bps: 2, slippage_bps: 1, borrow_bps_per_year: 50 }
            execution: { fill: next_open }              # or next_close, close
            objective: { loss: sharpe, turnover_penalty: 0 }
            training: { optimizer: adam, learning_rate: 0.003, schedule: cosine, epochs: 200, early_stopping: 25, seeds: 5 }
            walk_forward: { scheme: expanding, train: 5y, validation: 1y, test: 1y, purge: auto, embargo: 0 }
            """,
            "/home/user/strategies/deep.yaml");

        Assert.Equal("/home/user/data/sample", Assert.Single(strategy.Data.Path));
        Assert.Equal(new DateOnly(1995, 1, 1), strategy.Data.From);
        Assert.Equal(252, strategy.Data.PeriodsPerYear);
        Assert.Equal(["mom_1m", "rsi"], strategy.Features.Select(feature => feature.Name));
        Assert.Equal("ret(21) / (vol(63) * sqrt(21))", strategy.Features[0].Formula);
        Assert.Equal("/home/user/strategies/deep.yaml, line 5", strategy.Features[1].Where);
        Assert.Equal([new DenseLayer(32, Activation.Tanh), new DropoutLayer(0.1), new DenseLayer(16, Activation.Tanh)], strategy.Model.Network!.Layers);
        Assert.Null(strategy.Model.Rule);
        Assert.Equal(new CostSettings(1, 2, 1, 50), strategy.Costs);
        Assert.Equal(Fill.NextOpen, strategy.Execution.Fill);
        Assert.Equal(Schedule.Cosine, strategy.Training.Schedule);
        Assert.Equal(new WalkForwardSettings(WalkForwardScheme.Expanding, new(5, WindowUnit.Years), new(1, WindowUnit.Years), new(1, WindowUnit.Years), null, 0), strategy.WalkForward);
    }

    [Fact]
    public void Parse_Rule_GivesItsParametersInOrder()
    {
        var strategy = StrategyFile.Parse(
            """
            name: cross
            data: { path: prices.csv }
            model:
              rule:
                parameters:
                  fast:  { init: 10, min: 2,   max: 60 }
                  entry: { init: 0,  min: -1,  max: 1 }
                position: tanh(ema(close, $fast) / close - $entry)
            walk_forward: { train: 5y, test: 1y }
            """,
            "rule.yaml");
        Assert.Equal([new RuleParameter("fast", 10, 2, 60), new RuleParameter("entry", 0, -1, 1)], strategy.Model.Rule!.Parameters);
        Assert.Equal("tanh(ema(close, $fast) / close - $entry)", strategy.Model.Rule.Position);
        Assert.Null(strategy.Model.Network);
    }

    [Theory]
    [InlineData("name: small", "nmae: small", "s.yaml, line 1: unknown key \"nmae\"; did you mean 'name'?")]
    [InlineData("dense: 8", "desne: 8", "s.yaml, line 6: model.network.layers[0] is no known layer (\"desne\"); did you mean 'dense'?")]
    [InlineData("dense: 8", "dense: 8, gru: 4", "s.yaml, line 6: model.network.layers[0] is dense and gru in one; expected one kind of layer an entry, as in [{dense: …}, {gru: …}].")]
    [InlineData("dense: 8", "attention: .nan, heads: 3", "s.yaml, line 6: model.network.layers[0].attention is \".nan\"; expected a whole number at least 1 and at most 4096.")]
    [InlineData("dense: 8", "dense: 8, activation: tahn", "s.yaml, line 6: model.network.layers[0].activation is \"tahn\"; did you mean 'tanh'?")]
    [InlineData("dense: 8", "dense: 0", "s.yaml, line 6: model.network.layers[0].dense is 0; expected a whole number at least 1 and at most 65536.")]
    [InlineData("train: 5y", "train: 5 years", "s.yaml, line 7: walk_forward.train is \"5 years\"; expected a window such as 5y, 18m, 252b or 252 (bars).")]
    [InlineData("train: 5y, ", "", "s.yaml, line 7: walk_forward.train is missing; expected a window such as 5y, 18m, 252b or 252 (bars).")]
    [InlineData("path: prices.csv", "path: prices.csv, from: 2020-13-01", "s.yaml, line 2: data.from is \"2020-13-01\"; expected a date such as 2024-03-28.")]
    [InlineData("path: prices.csv", "path: prices.csv, from: 2021-01-01, to: 2020-01-01", "s.yaml, line 2: data.to is 2020-01-01, before data.from 2021-01-01; expected a later date.")]
    [InlineData("path: prices.csv", "path: \"a\\0b\"", "s.yaml, line 2: data.path is \"a\0b\"; expected a file, a folder, or a list of them.")]
    [InlineData("mom: ret(21)", "mom mom: ret(21)", "s.yaml, line 4: features has the name \"mom mom\"; expected a letter or '_', then letters, digits and '_'.")]
    [InlineData("name: small", "name: small\nname: two", "s.yaml, line 2: found the key \"name\" a second time (first on line 1); keep one of them.")]
    [InlineData("name: small", "name: ../../etc", "s.yaml, line 1: name is \"../../etc\"; expected letters, digits, '-', '_' and '.', beginning with a letter or digit.")]
    [InlineData("name: small", "name: &a small", "s.yaml, line 1: found an anchor (&) or an alias (*); write the value where it is needed.")]
    public void Parse_WrongFile_NamesPlaceFoundAndExpected(string right, string wrong, string message)
    {
        var fault = Assert.Throws<UsageException>(() => StrategyFile.Parse(Small.Replace(right, wrong, StringComparison.Ordinal), "s.yaml"));
        Assert.Equal(message, fault.Message);
        Assert.Equal(2, fault.ExitCode);
    }

    [Theory]
    [InlineData("training.learning_rate=0", "--set training.learning_rate=0: training.learning_rate is 0; expected a number greater than 0 and at most 10: a rate of 0 would learn nothing.")]
    [InlineData("training.learning_rat=1", "--set training.learning_rat=1: unknown key \"learning_rat\" in training; did you mean 'learning_rate'?")]
    [InlineData("nonsense", "--set nonsense: expected key.path=value, for instance --set training.epochs=50.")]
    [InlineData("model.network.layers.3.dense=1", "--set model.network.layers.3.dense=1: model.network.layers is a list of 1; expected a number from 0 to 0, found \"3\".")]
    [InlineData("name.first=1", "--set name.first=1: name is \"small\" and has no keys inside.")]
    public void Parse_WrongOverride_NamesIt(string setting, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => StrategyFile.Parse(Small, "s.yaml", [setting])).Message);

    [Fact]
    public void Parse_Overrides_WinOverTheFile()
    {
        var strategy = StrategyFile.Parse(
            Small,
            "/elsewhere/s.yaml",
            ["training.epochs=7", "model.network.layers.0.dense=64", "features.vol=vol(20)", "data.path=prices", "model.network.scaling.clip=none", "walk_forward.validation=20%"]);
        Assert.Equal(7, strategy.Training.Epochs);
        Assert.Equal([new DenseLayer(64, Activation.Tanh)], strategy.Model.Network!.Layers);
        Assert.Equal(["mom", "vol"], strategy.Features.Select(feature => feature.Name));
        Assert.Equal([Path.GetFullPath("prices")], strategy.Data.Path);
        Assert.Null(strategy.Model.Network.Scaling.Clip);
        Assert.Equal(new WindowLength(20, WindowUnit.Percent), strategy.WalkForward.Validation);
    }

    [Fact]
    public void Parse_PricesInsteadOfAStrategy_QuotesNoMoreThanTheirBeginning()
    {
        var prices = "date,close\n" + string.Concat(Enumerable.Repeat("2020-01-01,100\n", 1000));
        var fault = Assert.Throws<UsageException>(() => StrategyFile.Parse(prices, "prices.csv"));
        Assert.StartsWith("prices.csv, line 1: found \"date,close 2020-01-01,100 ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("…\" (15010 characters); expected keys such as name:, data: and features:.", fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 1, 250);
    }

    [Fact]
    public void Parse_HostileFile_IsRefusedWithoutBuildingIt()
    {
        var deep = string.Concat("name: ", new string('[', 10_000), new string(']', 10_000));
        Assert.Contains("more than 32 levels", Assert.Throws<UsageException>(() => StrategyFile.Parse(deep, "deep.yaml")).Message, StringComparison.Ordinal);

        var bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]";
        Assert.Contains("an anchor", Assert.Throws<UsageException>(() => StrategyFile.Parse(bomb, "bomb.yaml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileAboveOneMebibyte_IsRefused()
    {
        var path = Path.Combine(Path.GetTempPath(), $"quantgrad-large-{Environment.ProcessId}.yaml");
        try
        {
            File.WriteAllText(path, Small + "\n#" + new string(' ', StrategyFile.MaxBytes));
            Assert.Contains("at most 1048576", Assert.Throws<UsageException>(() => StrategyFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void ToCanonicalJson_ReadBack_GivesTheSameJsonAndHash()
    {
        var strategy = StrategyFile.Parse(Small, "/a/s.yaml", ["training.gradient_clip=none", "data.to=2020-02-29", "walk_forward.purge=3"]);
        var json = strategy.ToCanonicalJson();
        var again = StrategyFile.Parse(json, "/b/other.json");
        Assert.Equal(json, again.ToCanonicalJson());
        Assert.Equal(strategy.Hash(), again.Hash());
        Assert.Null(again.Training.GradientClip);
    }

    [Theory]
    [InlineData("adamw", OptimizerKind.AdamW)]
    [InlineData("rmsprop", OptimizerKind.RmsProp)]
    [InlineData("gradient_descent", OptimizerKind.GradientDescent)]
    public void Parse_Optimizer_IsReadAndWrittenUnderItsUsualName(string name, OptimizerKind kind)
    {
        var strategy = StrategyFile.Parse(Small, "s.yaml", [$"training.optimizer={name}"]);
        Assert.Equal(kind, strategy.Training.Optimizer);
        Assert.Contains($"\"optimizer\": \"{name}\"", strategy.ToCanonicalJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_DependsOnTheSettingsButNotOnTheDataPath()
    {
        var hash = StrategyFile.Parse(Small, "/a/s.yaml").Hash();
        Assert.Equal(hash, StrategyFile.Parse(Small, "/b/s.yaml").Hash());
        Assert.NotEqual(hash, StrategyFile.Parse(Small, "/a/s.yaml", ["seed=2"]).Hash());
        Assert.Matches("^[0-9a-f]{64}$", hash);
    }
}

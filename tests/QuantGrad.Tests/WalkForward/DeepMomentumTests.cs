using QuantGrad.Auditing;
using QuantGrad.Exporting;
using QuantGrad.Reporting;
using QuantGrad.Strategies;
using QuantGrad.Tests.MarketData;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>The sample strategy on the sample market and, where they lie beside the repository, on twenty real stocks.</summary>
public sealed class DeepMomentumTests : IDisposable
{
    private static readonly string[] Short = ["training.epochs=8", "training.burn_in=2", "training.seeds=2", "walk_forward.test=4y"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-momentum-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact, Trait("Category", "Long")]
    public void Run_TwentyRealStocks_WalksFromTheNinetiesToTheEndAndExportsWhatItTested()
    {
        var prices = SharedData.PathOf("panels/stocks20_1990_2022.csv.gz");
        var strategy = DeepMomentum($"data.path={prices}", "execution.fill=close");

        var run = Pipeline.Run(strategy, new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 2, Resume: false), SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

        var folds = File.ReadAllLines(Path.Combine(run, "folds.csv"));
        Assert.InRange(folds.Length, 6, 9);
        Assert.EndsWith("2022-12-28", folds[^1].Split(',')[6], StringComparison.Ordinal);
        Assert.Equal(20, File.ReadLines(Path.Combine(run, "positions.csv")).Skip(1).Select(row => row.Split(',')[1]).Distinct().Count());
        AssertParity(strategy, run);
    }

    [Fact]
    public void Run_SampleMarket_OnnxRuntimeAgreesOnEveryTestRow()
    {
        var strategy = DeepMomentum($"data.path={Repository.PathOf("data/sample")}");

        var run = Pipeline.Run(strategy, new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 2, Resume: false), SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

        AssertParity(strategy, run);
    }

    [Theory]
    [InlineData("execution.fill=close")]
    [InlineData("execution.fill=next_open")]
    [InlineData("objective.turnover_penalty=0.01")]
    [InlineData("model.network.layers=[{dense: 6, activation: gelu}, {dropout: 0.2}, {dense: 4, activation: sigmoid}]")]
    [InlineData("model.network.layers=[{dense: 12, activation: relu}, {dropout: 0.2}, {dense: 6, activation: leaky_relu}]")]
    public void GradientCheck_WholeStrategyWithCosts_HoldsToOneInTenMillion(string setting)
    {
        var report = StrategyGradientCheck.Run(DeepMomentum($"data.path={Repository.PathOf("data/sample")}", setting), threads: 2, valuesPerGroup: 12);

        Assert.All(report.Groups, group => Assert.True(group.MaxError < 1e-7, $"{group}"));
        Assert.True(report.Passed);
    }

    private static Strategy DeepMomentum(params string[] settings) => StrategyFile.Read(Repository.PathOf("strategies/deep-momentum.yaml"), [.. Short, .. settings]);

    /// <summary>The exported graph through ONNX Runtime, on the features of every row that the newest fold tested, against the published signals.</summary>
    private static void AssertParity(Strategy strategy, string run)
    {
        var market = Preparation.Of(strategy, threads: 2);
        var newest = market.Folds[^1];
        var published = File.ReadLines(Path.Combine(run, "positions.csv")).Skip(1).Select(row => row.Split(','))
            .Where(cells => cells[2] == newest.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) && cells[3].Length > 0)
            .ToDictionary(cells => (cells[0], cells[1]), cells => float.Parse(cells[3], System.Globalization.CultureInfo.InvariantCulture));
        using var session = BundleReader.Verify(Path.Combine(run, "model")).Open();
        var date = RunFiles.Dates(market.Data.Panel.Dates);
        var rows = 0;
        for (var step = newest.Test.Start; step < newest.Test.End; step++)
        {
            for (var asset = 0; asset < market.Data.Panel.Assets; asset++)
            {
                if (!published.TryGetValue((date(market.Data.Panel.Dates[step]), market.Data.Panel.Symbols[asset]), out var signal)) continue;
                var position = session.Run(Array.ConvertAll(market.Features.Row(step, asset).ToArray(), value => (float)value), 1)[0];
                Assert.True(Math.Abs(position - signal) <= 1e-5, $"{market.Data.Panel.Dates[step]} {market.Data.Panel.Symbols[asset]}: {position} against {signal}");
                rows++;
            }
        }

        Assert.Equal(published.Count, rows);
        Assert.True(rows > 100);
    }
}

using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Training;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Whole runs into folders: the same bytes whatever the threads, after an interruption, and for all that lies before a cut.</summary>
public sealed class SameBytesTests : IDisposable
{
    private static readonly string[] Published = ["metrics.json", "positions.csv", "equity.csv", "folds.csv", Path.Combine("model", "model.onnx")];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-bytes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Run_AgainWithOtherThreads_GivesTheSameBytes()
    {
        var prices = WritePrices("all", 6);
        var first = Run(prices, "first", 1);

        foreach (var (name, threads) in new[] { ("again", 1), ("two", 2), ("five", 5) })
        {
            var other = Run(prices, name, threads);
            Assert.All(Published, file => Assert.Equal(File.ReadAllBytes(Path.Combine(first, file)), File.ReadAllBytes(Path.Combine(other, file))));
        }
    }

    [Theory]
    [InlineData("model.network.layers=[{embedding: 2}, {gru: 3}, {batch_norm: 1e-5}]", "position.portfolio=market_neutral")]
    [InlineData("model.network.layers=[{tcn: 3, kernel: 2}, {attention: 4, window: 7, heads: 2}]", "position.portfolio=softmax")]
    public void Run_SequenceModelWithOtherThreads_GivesTheSameBytes(string layers, string portfolio)
    {
        var prices = WritePrices("all", 6);
        string[] settings = [layers, portfolio, "training.epochs=4", "model.network.memory=40"];
        var (first, other) = (Run(prices, "first", 1, settings), Run(prices, "other", 5, settings));
        Assert.All(Published, file => Assert.Equal(File.ReadAllBytes(Path.Combine(first, file)), File.ReadAllBytes(Path.Combine(other, file))));
    }

    [Fact]
    public void Run_OtherSeed_GivesOtherBytes()
    {
        var prices = WritePrices("all", 6);

        var first = Run(prices, "first", 2);
        var other = Run(prices, "other", 2, "seed=99");

        Assert.NotEqual(File.ReadAllBytes(Path.Combine(first, "positions.csv")), File.ReadAllBytes(Path.Combine(other, "positions.csv")));
    }

    [Fact]
    public void Run_CancelledAndResumed_KeepsFinishedUnitsAndGivesTheSameBytes()
    {
        var prices = WritePrices("all", 6);
        var whole = Run(prices, "whole", 1);
        var strategy = SmallRun.Strategy(prices);
        var options = new RunOptions(Path.Combine(folder.FullName, "cut"), "unused", 1, Resume: false);
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAfter(3, cancellation);

        Assert.ThrowsAny<OperationCanceledException>(() => Pipeline.Run(strategy, options, progress, TimeProvider.System, cancellation.Token));
        var kept = Directory.GetFiles(Path.Combine(options.Out!, "units"));
        var resumed = Pipeline.Run(strategy, options with { Resume = true }, SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

        Assert.Equal(3, kept.Length);
        Assert.All(Published, file => Assert.Equal(File.ReadAllBytes(Path.Combine(whole, file)), File.ReadAllBytes(Path.Combine(resumed, file))));
    }

    [Fact]
    public void Run_DataCutAtADate_GivesTheSamePositionsForEveryFoldThatEndsBefore()
    {
        var whole = Run(WritePrices("all", 6), "whole", 2);
        var cut = Run(WritePrices("cut", 5), "cut", 2);

        var foldsBefore = File.ReadLines(Path.Combine(cut, "folds.csv")).Skip(1).Count() - 1;
        Assert.True(foldsBefore >= 2);
        string[] Before(string run) => [.. File.ReadLines(Path.Combine(run, "positions.csv")).Skip(1).Where(row => int.Parse(row.Split(',')[2], System.Globalization.CultureInfo.InvariantCulture) < foldsBefore)];
        Assert.NotEmpty(Before(cut));
        Assert.Equal(Before(cut), Before(whole));
    }

    /// <summary>Symbols of which one begins late and one has a hole and ends early; <paramref name="years"/> cuts all of them.</summary>
    private string WritePrices(string name, int years)
    {
        var panel = SmallRun.Autoregressive(3, 4, 6, 0.1).Panel;
        Hide(panel, 1, 0, 900);
        Hide(panel, 2, 700, 705);
        Hide(panel, 3, 1100, panel.Steps);
        var path = Path.Combine(folder.FullName, name);
        PriceWriter.WriteSymbolFiles(years == 6 ? panel : panel.Until(panel.Steps * years / 6), path);
        return path;
    }

    private static void Hide(Panel panel, int asset, int first, int end)
    {
        foreach (var column in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume }) column[asset].AsSpan(first, end - first).Fill(double.NaN);
    }

    private string Run(string prices, string name, int threads, params string[] settings) =>
        Pipeline.Run(SmallRun.Strategy(prices, settings), new RunOptions(Path.Combine(folder.FullName, "runs", name), "unused", threads, Resume: false),
            SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

    private sealed class CancelAfter(int units, CancellationTokenSource source) : IRunProgress
    {
        private int finished;

        public void PlanReady(string runFolder, int units, int finishedBefore) => Assert.Equal(0, finishedBefore);

        public void UnitStarted(int fold, int seed)
        {
            if (finished == units) source.Cancel();
        }

        public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective) => Assert.InRange(epoch, 1, epochs);

        public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective) => finished++;

        public void Message(string text) => Assert.NotEmpty(text);
    }
}

using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Training;

namespace QuantGrad.Tests.WalkForward;

/// <summary>A run whose strategy names no costs says that trading was free.</summary>
public sealed class FreeTradingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-free-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, InlineData("costs=", 1), InlineData("costs={commission_bps: 1}", 0), InlineData("costs={borrow_bps_per_year: 50}", 0)]
    public void Run_SaysWhereNothingCostsAnything(string costs, int told)
    {
        PriceWriter.WriteSymbolFiles(SmallRun.Autoregressive(11, 2, 4, 0.1).Panel, Path.Combine(folder.FullName, "prices"));
        var messages = new Messages();

        Pipeline.Run(SmallRun.Strategy(Path.Combine(folder.FullName, "prices"), "training.epochs=1", "training.seeds=1", costs),
            new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 1, Resume: false), messages, TimeProvider.System, CancellationToken.None);

        Assert.Equal(told, messages.Texts.Count(text => text.StartsWith("The strategy has no costs", StringComparison.Ordinal)));
    }

    private sealed class Messages : IRunProgress
    {
        public List<string> Texts { get; } = [];

        public void PlanReady(string runFolder, int units, int finishedBefore) => Assert.True(units > 0);

        public void UnitStarted(int fold, int seed) => Assert.Equal(0, seed);

        public void Epoch(int fold, int seed, int epoch, int epochs, double trainObjective, double validationObjective) => Assert.Equal(epochs, epoch);

        public void UnitFinished(int fold, int seed, int epochs, double trainObjective, double validationObjective) => Assert.Equal(1, epochs);

        public void Message(string text) => Texts.Add(text);
    }
}

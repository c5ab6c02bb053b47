using QuantGrad.Cli.Progress;
using QuantGrad.Training;
using Spectre.Console;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

public sealed class ProgressTests
{
    [Fact]
    public void Plain_Unit_SaysFoldSeedEpochsObjectivesAndTimeLeft()
    {
        var clock = new StoppedClock();
        using var text = new StringWriter();
        var progress = new PlainProgress(text, clock, everyEpoch: true);
        progress.PlanReady("reports/x/1", units: 4, finishedBefore: 1);
        progress.Epoch(0, 1, 1, 50, 0.5, double.NaN);
        clock.Seconds = 10;
        progress.UnitFinished(0, 1, 42, 1.234, 0.567);
        Assert.Equal(
            [
                "4 units to train (fold × seed), 1 of them finished before; run folder reports/x/1",
                "  fold 0 seed 1 epoch 1/50: train 0.50",
                "fold 0 seed 1: 42 epochs, train 1.23, validation 0.57 (2 of 4 units, 10 s elapsed, about 20 s left)",
            ],
            text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Log_IsWrittenToTheRunsFolder_WithWhatWasSaidBefore()
    {
        using var folder = new TemporaryFolder();
        using (var log = new LogProgress(SilentProgress.Instance))
        {
            log.Message("Reading prices");
            log.PlanReady(folder.Path, 2, 0);
            log.UnitFinished(0, 0, 5, 1, 0.5);
        }
        var lines = File.ReadAllLines(folder.At("run.log"));
        Assert.EndsWith("Reading prices", lines[0], StringComparison.Ordinal);
        Assert.Contains("fold 0 seed 0 finished after 5 epochs", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Live_SeveralThreads_ShowsBarsAndEndsWithTheResult()
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        var result = LiveProgress.During(console, progress =>
        {
            progress.Message("Reading prices [from] here");
            progress.PlanReady("reports/x/1", 8, 0);
            Parallel.For(0, 8, unit =>
            {
                progress.UnitStarted(unit, 0);
                for (var epoch = 1; epoch <= 20; epoch++) progress.Epoch(unit, 0, epoch, 20, 1, 0.5);
                progress.UnitFinished(unit, 0, 20, 1, 0.5);
            });
            return 7;
        });
        Assert.Equal(7, result);
        Assert.Contains("Reading prices [from] here", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("reports/x/1", text.ToString(), StringComparison.Ordinal);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}

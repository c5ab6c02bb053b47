using System.Diagnostics;
using System.Text.Json;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

/// <summary>The main job through the command line, on the sample market with a small setting.</summary>
public sealed class RunTests
{
    private static readonly string[] Small =
    [
        "run", "strategies/quickstart.yaml", "--set", "training.epochs=4", "--set", "training.burn_in=0", "--set", "walk_forward.test=2y",
    ];

    // One unit after the other, each long enough to be interrupted in.
    private static readonly string[] Slow = [.. Small, "--set", "training.epochs=60", "--set", "training.early_stopping=0", "--threads", "1"];

    private static readonly string[] SameBytes = ["metrics.json", "positions.csv", "equity.csv", "folds.csv", "model/model.onnx"];

    [Fact]
    public async Task Run_Sample_LeavesTheFolderOfTheContract()
    {
        using var folder = new TemporaryFolder().WithSample();
        var result = await Shell.RunProcess(folder.Path, [.. Small, "--json"]);

        Assert.True(result.ExitCode == 0, result.Error);
        var run = Assert.Single(Directory.GetDirectories(folder.At("reports", "quickstart")));
        string[] files = [.. SameBytes, "run.json", "run.log", "report.html", "model/manifest.json"];
        Assert.All(files, file => Assert.True(new FileInfo(Path.Combine(run, file)).Length > 0, file));
        Assert.Empty(Directory.GetFiles(run, "*.partial", SearchOption.AllDirectories));

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(run, "metrics.json")), result.Output);
        using var metrics = JsonDocument.Parse(result.Output);
        Assert.Equal(JsonValueKind.Number, metrics.RootElement.GetProperty("out_of_sample").GetProperty("sharpe").ValueKind);
        Assert.Contains("fold 0 seed 1: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.Contains("fold 0 seed 1 epoch 4/4", (await File.ReadAllTextAsync(Path.Combine(run, "run.log"))), StringComparison.OrdinalIgnoreCase);

        var list = await Shell.RunProcess(folder.Path, "runs");
        Assert.Contains($"complete    Sharpe", list.Output, StringComparison.Ordinal);
        var page = await Shell.RunProcess(folder.Path, "report", "quickstart");
        Assert.EndsWith("report.html\n", page.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Quiet_SaysNothingButTheResult()
    {
        using var folder = new TemporaryFolder().WithSample();
        var result = await Shell.RunProcess(folder.Path, [.. Small, "--quiet", "--out", "here"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Empty(result.Error);
        Assert.Contains("Sharpe ratio", result.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("here", "report.html"), result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainOnAnyThreads_GivesTheSameBytes_AndIsNotOverwrittenByAnother()
    {
        using var folder = new TemporaryFolder().WithSample();
        foreach (var (name, threads) in new[] { ("one", "1"), ("two", "2") })
            Assert.Equal(0, (await Shell.RunProcess(folder.Path, [.. Small, "--quiet", "--out", name, "--threads", threads])).ExitCode);
        AssertSameBytes(folder, "one", "two");

        var another = await Shell.RunProcess(folder.Path, [.. Small, "--out", "two", "--seed", "2"]);
        Assert.Equal(2, another.ExitCode);
        Assert.Contains("holds a run already", another.Error, StringComparison.Ordinal);
        AssertSameBytes(folder, "one", "two");
    }

    [Fact]
    public async Task Run_Interrupted_ResumesToTheSameBytes()
    {
        using var folder = new TemporaryFolder().WithSample();
        var stopped = Interrupt(folder, "INT", "cancelled");
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("Cancelled. What was finished is kept: run --resume goes on from it.", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("cancelled", "metrics.json")));
        Assert.Contains("incomplete", await File.ReadAllTextAsync(folder.At("cancelled", "run.json")), StringComparison.Ordinal);
        var export = await Shell.RunProcess(folder.Path, "export", "cancelled", "--out", "bundle");
        Assert.Equal(6, export.ExitCode);
        Assert.Equal((6, 6), (Shell.Run("report", folder.At("cancelled")).ExitCode, Shell.Run("compare", folder.At("cancelled"), folder.At("cancelled")).ExitCode));
        Assert.Contains("--resume", export.Error, StringComparison.Ordinal);

        var resumed = await Shell.RunProcess(folder.Path, [.. Slow, "--out", "cancelled", "--resume"]);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Contains("finished before", resumed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fold 0 seed 0:", resumed.Error, StringComparison.Ordinal);

        Assert.Equal(0, (await Shell.RunProcess(folder.Path, [.. Slow, "--out", "whole", "--quiet"])).ExitCode);
        AssertSameBytes(folder, "whole", "cancelled");
    }

    [Fact]
    public void Run_Terminated_ExitsWith143()
    {
        using var folder = new TemporaryFolder().WithSample();
        Assert.Equal(143, Interrupt(folder, "TERM", "cancelled").ExitCode);
    }

    // Stops a run as soon as its first unit is finished. It waits on this very thread: a busy thread pool would come back to it when the run is over.
    private static Shell.Result Interrupt(TemporaryFolder folder, string signal, string name)
    {
        Shell.SkipWithout(signal);
        using var process = Shell.Start(folder.Path, [.. Slow, "--out", name]);
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("fold 0 seed 0:", StringComparison.Ordinal)) Assert.False(process.HasExited);
        using (var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) kill.WaitForExit();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new Shell.Result(process.ExitCode, process.StandardOutput.ReadToEnd(), error);
    }

    private static void AssertSameBytes(TemporaryFolder folder, string a, string b) =>
        Assert.All(SameBytes, file => Assert.True(File.ReadAllBytes(folder.At(a, file)).AsSpan().SequenceEqual(File.ReadAllBytes(folder.At(b, file))), $"{file} differs between {a} and {b}"));
}

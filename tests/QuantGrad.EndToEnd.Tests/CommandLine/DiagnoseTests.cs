using System.Diagnostics;
using System.Text.Json;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

public sealed class DiagnoseTests
{
    private const string Sigmoids = "model.network.layers=[{dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, "
        + "{dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}, {dense: 6, activation: sigmoid}]";

    [Fact]
    public void Diagnose_TenSigmoidLayers_SaysVanishingInFiguresWordsAndPage()
    {
        using var folder = new TemporaryFolder().WithSample();
        var result = Shell.Run("diagnose", folder.At("strategies", "quickstart.yaml"), "--set", Sigmoids, "--set", "training.epochs=4", "--set", "walk_forward.train=2y",
            "--out", folder.At("diagnosis"), "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("vanishing", json.RootElement.GetProperty("gradient_flow").GetProperty("verdict").GetString());
        Assert.Contains("skip connections", result.Output, StringComparison.Ordinal);
        Assert.Equal(25, json.RootElement.GetProperty("landscape").GetProperty("objective").GetArrayLength());
        Assert.Equal(result.Output.TrimEnd(), File.ReadAllText(folder.At("diagnosis", "diagnostics.json")).TrimEnd());
        Assert.Contains("The gradient vanishes", File.ReadAllText(folder.At("diagnosis", "diagnostics.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagnose_Interrupted_SaysThatNothingWasWritten()
    {
        Shell.SkipWithout("INT");
        using var folder = new TemporaryFolder().WithSample();
        using var process = Shell.Start(folder.Path, "diagnose", "strategies/lstm-momentum.yaml", "--out", "diagnosis");
        while (await process.StandardError.ReadLineAsync() is { } line && line != "Trying learning rates") Assert.False(process.HasExited, line);
        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        Assert.Equal("Cancelled. Nothing was written.", (await process.StandardError.ReadToEndAsync()).Trim());
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.False(Directory.Exists(folder.At("diagnosis")));
    }

    [Fact]
    public void Diagnose_Rule_IsRefusedByItsName()
    {
        using var folder = new TemporaryFolder().WithSample();
        var result = Shell.Run("diagnose", Repository.At("strategies", "ema-cross.yaml"), "--set", $"data.path={folder.At("data", "sample")}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("diagnose looks into networks", result.Error, StringComparison.Ordinal);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

/// <summary><c>check</c>: words, JSON and exit codes, from a file and from standard input.</summary>
public sealed class CheckTests
{
    /// <summary>Eight years of daily returns whose Sharpe ratio is about 2 and beyond doubt.</summary>
    private static string Skilled(double shift = 0.0013) =>
        "net_return\n" + string.Concat(Enumerable.Range(0, 2016).Select(t => string.Create(CultureInfo.InvariantCulture, $"{0.014 * Math.Sin(t * 12.9898) + shift:R}\n")));

    [Fact]
    public void Check_SkilledSeries_IsBelievedAndExitsWith0()
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("check", folder.Write("returns.csv", Skilled()), "--trials", "10");
        Assert.Contains("Verdict: can be believed.", result.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void Check_BelowItsBar_ExitsWith4AndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("returns.csv", Skilled(0.0001));
        var result = Shell.Run("check", path, "--trials", "50");
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("Verdict: cannot be believed.", result.Output, StringComparison.Ordinal);
        Assert.Contains("the best of 50 trials without any skill", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, Shell.Run("check", path, "--trials", "1", "--min-dsr", "0.01").ExitCode);
    }

    [Fact]
    public async Task Check_StandardInputAndJson_GiveOneDocument()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { typeof(QuantGrad.Cli.CommandLine).Assembly.Location, "check", "-", "--trials", "3", "--json" }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(Skilled());
        process.StandardInput.Close();
        var json = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync()).RootElement;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.True(json.GetProperty("believable").GetBoolean());
        Assert.Equal(2016, json.GetProperty("metrics").GetProperty("observations").GetInt32());
        Assert.Equal(3, json.GetProperty("metrics").GetProperty("trials").GetInt32());
    }

    [Theory]
    [InlineData(2, "--trials is 0; expected at least 1", "--trials", "0")]
    [InlineData(2, "'--trials' is required")]
    [InlineData(2, "--min-dsr is 95; expected a probability between 0 and 1", "--trials", "1", "--min-dsr", "95")]
    [InlineData(2, "has no column 'net'", "--trials", "1", "--column", "net")]
    public void Check_WrongOption_IsRefused(int exitCode, string words, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run(["check", folder.Write("returns.csv", Skilled()), .. options]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Check_CellThatIsNoReturn_ExitsWith3AndNamesTheLine()
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("check", folder.Write("returns.csv", "date,return\n2024-01-02,0.01\n2024-01-03,much\n"), "--trials", "1");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("line 3: 'much' in return is not a return", result.Error, StringComparison.Ordinal);
    }
}

using System.Text.Json;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

/// <summary>The <c>data</c> commands from the outside: exit codes, what is printed, what is left on the disk.</summary>
public sealed class DataTests
{
    [Fact]
    public void Synth_WithTheReadmesWords_MakesTheSampleAgain()
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("data", "synth", "--out", folder.At("sample"), "--seed", "1", "--symbols", "12", "--years", "15");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Best attainable Sharpe before costs: 2.49", result.Output, StringComparison.Ordinal);
        foreach (var file in Repository.Files("data/sample", "*.csv"))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.At("sample", Path.GetFileName(file))));
    }

    [Theory]
    [InlineData("ar1", "R[t+1] = 0.2")]
    [InlineData("noise", "Best attainable Sharpe before costs: 0.00")]
    public void Synth_OtherKinds_SayWhatTheyPlanted(string kind, string words)
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("data", "synth", "--out", folder.At("market"), "--kind", kind, "--rho", "0.2", "--symbols", "2", "--years", "1");
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.Equal(0, Shell.Run("data", "check", folder.At("market")).ExitCode);
    }

    [Fact]
    public void Synth_BesideOtherPrices_IsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine/AAPL.csv", "date,close\n2024-01-02,1\n");
        var result = Shell.Run("data", "synth", "--out", folder.At("mine"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("AAPL.csv", result.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.At("mine")));
    }

    [Fact]
    public void Check_CleanPrices_Exits0AndDefectiveOnes4()
    {
        Assert.Equal(0, Shell.Run("data", "check", Repository.At("data", "sample")).ExitCode);
        using var folder = new TemporaryFolder();
        var path = folder.Write("X.csv", "date,open,high,low,close\n2024-01-02,10,11,9,10\n2024-01-03,10,11,9,12\n2024-01-04,10,11,9,-1\n");
        var result = Shell.Run("data", "check", path);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains($"{path}:3: warning: ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{path}:4: error: X closes at -1 on 2024-01-04", result.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Shell.Run("data", "check", path, "--json").Output);
        Assert.Equal((1, 1), (json.RootElement.GetProperty("errors").GetInt32(), json.RootElement.GetProperty("warnings").GetInt32()));
        var defect = json.RootElement.GetProperty("defects")[1];
        Assert.Equal(("nonpositive-price", "fail", 4, "X", "2024-01-04"), (defect.GetProperty("code").GetString(), defect.GetProperty("policy").GetString(), defect.GetProperty("line").GetInt32(), defect.GetProperty("symbol").GetString(), defect.GetProperty("date").GetString()));
    }

    [Fact]
    public void Check_ManyFaults_AreCountedThoughNotAllAreListed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("X.csv", "date,close\n2024-01-01,10\n" + string.Concat(Enumerable.Range(0, 250).Select(i => $"2024-01-02,x{i}\n")));
        Assert.Contains("1 file(s): 250 error(s), 0 warning(s), 0 repaired.", Shell.Run("data", "check", path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MissingPath_Exits3() => Assert.Equal(3, Shell.Run("data", "check", "no/such/file.csv").ExitCode);

    [Fact]
    public void Info_Sample_SaysSymbolsPeriodsAndBars()
    {
        var result = Shell.Run("data", "info", Repository.At("data", "sample"), "--json");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal((12, "daily", 252), (json.RootElement.GetProperty("symbols").GetArrayLength(), json.RootElement.GetProperty("bar_interval").GetString(), json.RootElement.GetProperty("periods_per_year").GetInt32()));
        Assert.Contains("daily bars, 252 a year", Shell.Run("data", "info", Repository.At("data", "sample")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Download_WrongWords_Exit2AndLeaveNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, Shell.Run("data", "download", "SPY", "--source", "yahoo", "--from", "2024-13-01", "--out", folder.At("p")).ExitCode);
        Assert.Equal(2, Shell.Run("data", "download", "../SPY", "--source", "yahoo", "--out", folder.At("p")).ExitCode);
        Assert.Equal(2, Shell.Run("data", "download", "SPY", "--source", "nowhere", "--out", folder.At("p")).ExitCode);
        Assert.False(Directory.Exists(folder.At("p")));
    }
}

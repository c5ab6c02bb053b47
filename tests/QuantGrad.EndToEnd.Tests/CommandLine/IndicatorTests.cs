namespace QuantGrad.EndToEnd.Tests.CommandLine;

/// <summary>The commands <c>indicator</c> and <c>features</c>.</summary>
public sealed class IndicatorTests
{
    private static readonly string Prices =
        "date,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(1, 6).Select(day => $"2024-01-0{day},{day},{day + 1},{day - 0.5},{day},100\n"));

    [Fact]
    public void Indicator_OneValue_PrintsDateAndValue()
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("indicator", "sma(3)", folder.Write("up.csv", Prices));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("date,value\n2024-01-01,\n2024-01-02,\n2024-01-03,2\n2024-01-04,3\n2024-01-05,4\n2024-01-06,5\n", result.Output);
    }

    [Fact]
    public void Indicator_IntradayBars_AreAllDatedWithTheirTime()
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("indicator", "close", folder.Write("hours.csv", "date,close\n2024-01-01T23:00:00Z,1\n2024-01-02T00:00:00Z,2\n2024-01-02T01:00:00Z,3\n"));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("date,value\n2024-01-01T23:00:00Z,1\n2024-01-02T00:00:00Z,2\n2024-01-02T01:00:00Z,3\n", result.Output);
    }

    [Fact]
    public void Indicator_SeveralFields_PrintsEachUnlessOneIsNamed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("up.csv", Prices);
        Assert.StartsWith("date,centerline,upper_band,lower_band,width\n", Shell.Run("indicator", "donchian(3)", file).Output, StringComparison.Ordinal);
        Assert.EndsWith("2024-01-06,6\n", Shell.Run("indicator", "donchian(3).upper_band", file).Output, StringComparison.Ordinal);
        Assert.EndsWith("2024-01-06,7\n", Shell.Run("indicator", "donchian(3).upper_band + 1", file).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsy(3)", "formula: 'rsy' is not known; did you mean 'rsi'?")]
    [InlineData("sma(3) +", "^ (character 9)")]
    [InlineData("zigzag(5)", "looks ahead")]
    public void Indicator_WrongFormula_ExitsWith2AndPoints(string formula, string words)
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run("indicator", formula, folder.Write("up.csv", Prices));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Indicator_WithoutArguments_SaysWhatIsNeeded()
    {
        var result = Shell.Run("indicator");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--list", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Indicator_List_PrintsTheCatalogue() => Assert.Contains("## `rsi(14)`", Shell.Run("indicator", "--list").Output, StringComparison.Ordinal);

    [Fact]
    public void Features_OfAStrategy_IsARowABarToStandardOutputOrFile()
    {
        using var folder = new TemporaryFolder();
        var strategy = Repository.At("strategies", "quickstart.yaml");
        var printed = Shell.Run("features", strategy).Output;
        Assert.StartsWith("date,symbol,", printed, StringComparison.Ordinal);
        Assert.Equal(0, Shell.Run("features", strategy, "--out", folder.At("features.csv")).ExitCode);
        Assert.Equal(printed, File.ReadAllText(folder.At("features.csv")));
    }
}

namespace QuantGrad.EndToEnd.Tests.CommandLine;

/// <summary>Every wrong input ends with its exit code and words that tell what to do: no trace, nothing on standard output.</summary>
public sealed class WrongInputTests
{
    private static readonly string Quickstart = Repository.At("strategies", "quickstart.yaml");

    [Theory]
    [InlineData("training.learning_rate=0", "training.learning_rate is 0; expected a number greater than 0 and at most 10: a rate of 0 would learn nothing.")]
    [InlineData("training.epoch=5", "unknown key \"epoch\" in training; did you mean 'epochs'?")]
    [InlineData("features.trend=mcad(8, 24)", "--set features.trend=mcad(8, 24): feature 'trend': ")]
    [InlineData("features.trend=macdn(8, 24", "character")]
    [InlineData("data.from=2020-02-30", "data.from is \"2020-02-30\"; expected a date such as 2024-03-28.")]
    [InlineData("data.from=20 May", "expected a date such as 2024-03-28.")]
    [InlineData("execution.fill=open", "execution.fill is \"open\"")]
    [InlineData("walk_forward.train=", "walk_forward.train is missing")]
    [InlineData("seed=1.5", "seed is 1.5; expected a whole number at least 0.")]
    public void Run_WrongSetting_ExitsWith2(string setting, string words) => Refused(2, words, "run", Quickstart, "--set", setting);

    [Theory]
    [InlineData("walk_forward.train=40y", "40y")]
    [InlineData("features.trend=sma(100000)", "look-back")]
    [InlineData("data.path=no/such/prices.csv", "prices.csv")]
    public void Run_PricesThatDoNotDo_ExitsWith3(string setting, string words) => Refused(3, words, "run", Quickstart, "--set", setting);

    [Theory]
    [InlineData("--seed is '1.5'; expected a whole number.", "--seed", "1.5")]
    [InlineData("--threads is 'two'; expected a whole number.", "--threads", "two")]
    [InlineData("There is no option --sed; did you mean '--seed'?", "--sed=1")]
    [InlineData("There is no option --foo.", "--foo")]
    [InlineData("'other.yaml' is one word too many.", "other.yaml")]
    public void Run_WrongOption_SaysWhatIsExpected(string words, params string[] options) => Refused(2, words, ["run", Quickstart, .. options]);

    [Fact]
    public void Synth_UnknownKind_NamesTheKinds() => Refused(2, "--kind is 'walk'; expected one of ar1, noise, regimes.", "data", "synth", "--kind", "walk");

    [Fact]
    public void Audit_NoFolds_ExitsWith2() => Refused(2, "--folds is 0; expected at least 1.", "audit", Quickstart, "--folds", "0");

    [Fact]
    public void Check_NoFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        Refused(3, "there is no such file; expected a CSV file.", "check", folder.At("none.csv"), "--trials", "1");
        Refused(3, "is a folder; expected a CSV file.", "check", folder.Path, "--trials", "1");
    }

    [Fact]
    public async Task Run_ReportsThatCannotBeWritten_ExitsWith2AndNamesOut()
    {
        using var folder = new TemporaryFolder().WithSample();
        folder.Write("reports", "a file");
        var result = await Shell.RunProcess(folder.Path, "run", "strategies/quickstart.yaml", "--quiet");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--out names another place.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingStrategy_ExitsWith2AndNamesTheNearest() =>
        Refused(2, "there is no such strategy file; did you mean 'quickstart.yaml'?", "run", Repository.At("strategies", "quikstart.yaml"));

    [Fact]
    public void Run_BadDateInThePrices_NamesFileAndLine()
    {
        using var folder = new TemporaryFolder();
        var prices = folder.Write("prices.csv", "date,close\n2020-01-01,10\n2020-13-02,11\n2020-01-03,12\n");
        Refused(3, "2020-13-02", "run", Quickstart, "--set", $"data.path={prices}");
    }

    [Fact]
    public void Run_OpenFillWithoutOpens_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 3000).Select(day => $"{new DateOnly(2000, 1, 1).AddDays(day):yyyy-MM-dd},{100 + (day % 7)}");
        var prices = folder.Write("prices.csv", "date,close\n" + string.Join('\n', rows) + "\n");
        Refused(3, "open", "run", Quickstart, "--set", $"data.path={prices}", "--set", "execution.fill=next_open");
    }

    [Theory]
    [InlineData("report")]
    [InlineData("export")]
    public void Command_NoSuchRun_ExitsWith2(string command) => Refused(2, "no-such-run is no run", command, "no-such-run");

    [Theory]
    [InlineData("taken")]
    [InlineData("taken/run")]
    public void Run_OutThatCannotBeWritten_ExitsWith2(string target)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("taken", "a file");
        var result = Shell.Run(["run", Quickstart, "--quiet", "--out", folder.At(target)]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"--out {folder.At(target)} cannot be used: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("a file", File.ReadAllText(file));
    }

    private static void Refused(int exitCode, string words, params string[] args)
    {
        using var folder = new TemporaryFolder();
        var result = Shell.Run([.. args, "--quiet", "--out", folder.At("out")]);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("out")), "a refused command left a folder behind");
    }
}

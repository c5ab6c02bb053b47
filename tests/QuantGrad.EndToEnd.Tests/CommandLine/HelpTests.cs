using System.CommandLine;
using QuantGrad.Cli;

namespace QuantGrad.EndToEnd.Tests.CommandLine;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Paths(QuantGrad.Cli.CommandLine.CreateRoot(), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_EveryCommand_ShowsAnExampleThatParses(string path)
    {
        var result = Shell.Run([.. path.Split(' '), "--help"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        var example = result.Output.Split("Example:\n")[1].Trim().Split('\n')[0];
        Assert.StartsWith($"quantgrad {path}", example, StringComparison.Ordinal);
        Assert.Empty(QuantGrad.Cli.CommandLine.CreateRoot().Parse(example["quantgrad ".Length..].Split('>')[0]).Errors);
    }

    [Fact]
    public void Commands_AreThoseOfTheContract()
    {
        string[] contract =
        [
            "audit", "check", "compare", "data check", "data download", "data info", "data synth", "diagnose", "export", "features", "gradcheck",
            "indicator", "predict", "report", "run", "runs", "serve",
        ];
        Assert.Empty(Paths(QuantGrad.Cli.CommandLine.CreateRoot(), "").Except(contract));
    }

    [Theory]
    [InlineData("", "No command; expected one of run, ")]
    [InlineData("rnu strategies/quickstart.yaml", "\"rnu\" is no command; did you mean 'run'?")]
    [InlineData("run", "STRATEGY.yaml is missing.")]
    [InlineData("run a.yaml --threads none", "--threads")]
    [InlineData("run a.yaml --threads 0", "at least 1")]
    public void Usage_Wrong_ExitsWith2AndPointsToHelp(string line, string named)
    {
        var result = Shell.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ResponseFile_IsNotExpanded()
    {
        var result = Shell.Run("run", "@strategies.txt");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("@strategies.txt: there is no such strategy file.\n", result.Error);
    }

    private static IEnumerable<string> Paths(Command command, string path)
    {
        foreach (var child in command.Subcommands)
        {
            var name = $"{path} {child.Name}".Trim();
            if (child is CliCommand) yield return name;
            foreach (var below in Paths(child, name)) yield return below;
        }
    }
}

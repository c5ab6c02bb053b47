using System.Text.RegularExpressions;
using QuantGrad.EndToEnd.Tests.CommandLine;
using QuantGrad.Strategies;

namespace QuantGrad.EndToEnd.Tests.Readme;

/// <summary>What the README says is run: commands in order, in a folder like a fresh clone; strategy files are read.</summary>
public sealed partial class ReadmeTests
{
    private const string FirstCommand = "dotnet run -c Release --project src/QuantGrad.Cli -- ";

    // The second command is this very test run; the alias is what Arguments undoes; a benchmark wants the machine for itself.
    private static readonly string[] NotRunHere =
    [
        "dotnet test -c Release --filter Category!=Long", "alias quantgrad='dotnet run -c Release --project src/QuantGrad.Cli --'",
        "dotnet run -c Release --project tests/QuantGrad.Benchmarks -- engine",
    ];

    [Fact]
    public async Task ShellBlocks_RunInOrder_AllSucceed()
    {
        using var folder = new TemporaryFolder().WithSample();
        var lines = Blocks("sh").SelectMany(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Except(NotRunHere).ToList();
        Assert.StartsWith(FirstCommand, lines[0], StringComparison.Ordinal);
        foreach (var line in lines)
        {
            var result = await Shell.RunProcess(folder.Path, Arguments(line));
            Assert.True(result.ExitCode == 0, $"{line}\nended with {result.ExitCode}:\n{result.Error}");
        }
        Assert.NotEmpty(Directory.GetFiles(folder.At("reports"), "report.html", SearchOption.AllDirectories));
    }

    [Fact]
    public void YamlBlocks_AreStrategies()
    {
        foreach (var block in Blocks("yaml"))
        {
            var strategy = StrategyFile.Parse(block, Repository.At("strategies", "readme.yaml"));
            Assert.Equal(strategy.Inputs().Count, strategy.CompileFeatures(TimeSpan.FromDays(1)).Names.Length);
        }
    }

    [Fact]
    public void Map_NamesEveryProjectAndFolder()
    {
        var map = File.ReadAllText(Repository.At("src", "README.md"));
        var folders = Directory.GetDirectories(Repository.At("src")).Concat(Directory.GetDirectories(Repository.At("src", "QuantGrad")).Where(folder => Repository.Files(folder, "*.cs").Any()));
        Assert.All(folders.Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")), name => Assert.Contains($"`{name}`", map, StringComparison.Ordinal));
    }

    [Fact]
    public void Blocks_AreOfAKindThatIsTested() => Assert.Empty(
        Fence().Matches(Text()).Select(match => match.Groups["kind"].Value).Where((kind, index) => index % 2 == 0 && kind is not ("sh" or "yaml")));

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/README.md")]
    [InlineData("reports/README.md")]
    public void Paths_InBackticks_Exist(string readme)
    {
        var folder = Path.GetDirectoryName(Repository.At(readme))!;
        var named = InBackticks().Matches(File.ReadAllText(Repository.At(readme))).Select(match => match.Groups["path"].Value.TrimEnd('/'));
        Assert.All(named, path => Assert.True(Path.Exists(Repository.At(path)) || Path.Exists(Path.Combine(folder, path)), $"{readme} names {path}, which is not there"));
    }

    private static string Text() => File.ReadAllText(Repository.At("README.md")).ReplaceLineEndings("\n");

    private static List<string> Blocks(string kind)
    {
        var blocks = Block().Matches(Text()).Where(match => string.Equals(match.Groups["kind"].Value, kind, StringComparison.Ordinal)).Select(match => match.Groups["text"].Value).ToList();
        Assert.NotEmpty(blocks);
        return blocks;
    }

    private static string[] Arguments(string line) => line switch
    {
        _ when line.StartsWith(FirstCommand, StringComparison.Ordinal) => line[FirstCommand.Length..].Split(' '),
        _ when line.StartsWith("quantgrad ", StringComparison.Ordinal) => line["quantgrad ".Length..].Split(' '),
        _ => throw new InvalidOperationException($"README line \"{line}\" is not tested by anything."),
    };

    [GeneratedRegex("^```(?<kind>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^```(?<kind>[a-z]*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("`(?<path>(src|tests|data|strategies|reports/example|[.]ci)/[A-Za-z0-9_./-]*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InBackticks();
}

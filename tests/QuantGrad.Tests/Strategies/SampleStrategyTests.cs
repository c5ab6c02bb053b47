using QuantGrad.Strategies;

namespace QuantGrad.Tests.Strategies;

public sealed class SampleStrategyTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder, "*.yaml").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static string Folder => Repository.PathOf("strategies");

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_Reads_AndItsFormulasCompile(string file)
    {
        var path = Path.Combine(Folder, file);
        var strategy = StrategyFile.Read(path);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), strategy.Name);
        Assert.Equal(strategy.Inputs().Count, strategy.CompileFeatures(TimeSpan.FromDays(1)).Names.Length);
        Assert.StartsWith("# yaml-language-server: $schema=./strategy.schema.json\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void CompileFeatures_UnknownIndicator_NamesFileAndLine()
    {
        var strategy = StrategyFile.Read(Path.Combine(Folder, "quickstart.yaml"), ["features.trend=mcadn(8, 24)"]);
        var fault = Assert.Throws<UsageException>(() => strategy.CompileFeatures(TimeSpan.FromDays(1)));
        Assert.StartsWith("--set features.trend=mcadn(8, 24): feature 'trend': ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'macdn'", fault.Message, StringComparison.Ordinal);
    }
}

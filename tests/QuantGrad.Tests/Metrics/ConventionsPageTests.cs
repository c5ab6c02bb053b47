using QuantGrad.Metrics;
using QuantGrad.Tests.MarketData;

namespace QuantGrad.Tests.Metrics;

public sealed class ConventionsPageTests
{
    [Fact]
    public void Readme_MetricDefinitions_IsCurrent()
    {
        var path = Path.Combine(SharedData.Repository(), "src", "QuantGrad", "Metrics", "README.md");
        var page = ConventionsPage.ToMarkdown();

        // QUANTGRAD_UPDATE=1 writes the page anew.
        if (Environment.GetEnvironmentVariable("QUANTGRAD_UPDATE") is "1") File.WriteAllText(path, page);
        Assert.True(File.Exists(path), "src/QuantGrad/Metrics/README.md is missing: run this test once with QUANTGRAD_UPDATE=1");
        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}

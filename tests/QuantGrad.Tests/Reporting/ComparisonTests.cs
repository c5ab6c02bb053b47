using QuantGrad.Reporting;
using QuantGrad.Reporting.Comparing;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Tests.Reporting;

public sealed class ComparisonTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_RunsOfDifferentLength_ComparesTheSharedDates()
    {
        var page = File.ReadAllText(ComparisonWriter.Write([Run("a", 6, 1), Run("b", 5, 2)], Path.Combine(folder, "compare.html")));

        Assert.Contains("2 runs on the 504 bars that they share", page, StringComparison.Ordinal);
        Assert.Contains("has the highest net Sharpe ratio", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SameRunTwice_HasNoDifferenceAndSaysWhy()
    {
        var run = RecordedRun.Read(Run("a", 5, 1));
        var comparison = Comparison.Of([run, run]);

        Assert.Equal("the two series move as one", comparison.Tests[0].PValue.Reason);
        Assert.Contains("whether that is luck is undefined", ComparisonTitle.Verdict(comparison), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OneRun_IsRefused() => Assert.Contains("at least two runs", Assert.Throws<UsageException>(() => ComparisonWriter.Write(["only"], "x.html")).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_HostileNames_AddNoElement()
    {
        const string Attack = "</script><img src=x onerror=alert(1)>";
        var page = File.ReadAllText(ComparisonWriter.Write([Run(Attack, 5, 1), Run("b", 5, 2)], Path.Combine(folder, "compare.html")));

        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
    }

    // Holm (1979): the smallest p times 3, the next times 2, the last as it is, never falling.
    [Fact]
    public void Holm_ThreePValues_AreStepped() => Assert.Equal([0.03, 0.06, 0.06, double.NaN], HolmAdjustment.Of([0.01, 0.04, 0.03, double.NaN]), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);

    private string Run(string name, int years, ulong seed) => new ExampleRun(years: years, assets: 3, seed: seed, name: name).Write(Path.Combine(folder, $"run-{seed}"));
}

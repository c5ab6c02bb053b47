using System.Text;
using System.Text.Json;
using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Significance;
using QuantGrad.Reporting;
using QuantGrad.Tests.WalkForward;

namespace QuantGrad.Tests.Reporting;

public sealed class RunEvidenceTests(WalkEvidence walk) : IClassFixture<WalkEvidence>
{
    [Fact]
    public void Of_OneThreadOrTwo_GivesTheSameBytes()
    {
        var one = Files(1);
        var two = Files(2);

        Assert.Equal(one.Select(file => file.Name), two.Select(file => file.Name));
        for (var file = 0; file < one.Length; file++) Assert.Equal(Encoding.UTF8.GetString(one[file].Content), Encoding.UTF8.GetString(two[file].Content));
    }

    [Fact]
    public void Of_RandomTiming_HasTheRunsOwnSharpeWithoutATurn()
    {
        var evidence = RunEvidence.Of(walk.Result, TrialHistory.None, 2);

        Assert.Equal(SharpeRatio.Of(walk.Result.Ledger.NetReturns(), walk.Result.Market.PeriodsPerYear).Value, evidence.Timing.Sharpe.Value, 1e-9);
        Assert.InRange(evidence.Timing.PValue.Value, 0.001, 1);
        Assert.Null(evidence.Overfitting);
        Assert.InRange(evidence.BeatsLongOnly!.Consistent.Value, 0.0009, 1);
    }

    [Fact]
    public void FigureBlocks_SettingsTriedBefore_LeaveTheLuckInSampleToItsOwnLength()
    {
        var blocks = FigureBlocks.Of(walk.Result, new TrialHistory(2, 6, [0.5, -0.5], []), 0).ToDictionary(block => block.Name, block => block.Figures, StringComparer.Ordinal);

        var (inside, outside) = (blocks["in_sample"], blocks["out_of_sample"]);
        var expected = DeflatedSharpe.ExpectedMaximum((int)inside["trials"].Value.Value) * Math.Sqrt(walk.Result.Market.PeriodsPerYear / (inside["observations"].Value.Value - 1));
        Assert.Equal(expected, inside["expected_max_sharpe"].Value.Value, 1e-9);
        Assert.True(outside["expected_max_sharpe"].Value.Value > 2 * expected, "the spread of the settings is the luck out of sample");
    }

    [Fact]
    public void WriteTo_Blocks_HoldEveryBaselineAndTest()
    {
        var evidence = RunEvidence.Of(walk.Result, TrialHistory.None, 2);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            EvidenceBlocks.WriteTo(json, evidence);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        var significance = document.RootElement.GetProperty("significance");
        foreach (var (key, books, _) in evidence.Baselines)
        {
            Assert.Equal(SharpeRatio.Of(books!.NetReturns(), walk.Result.Market.PeriodsPerYear).Value, document.RootElement.GetProperty("baselines").GetProperty(key).GetProperty("sharpe").GetDouble(), 1e-12);
            Assert.True(significance.GetProperty("sharpe_difference").GetProperty(key).GetProperty("p_value").GetDouble() > 0);
        }

        Assert.False(significance.TryGetProperty("pbo", out _));
    }

    [Fact]
    public void Of_SettingsTriedBefore_AreConfigurationsOfTheOverfittingProbability()
    {
        var books = walk.Result.Ledger;
        var parent = Directory.CreateTempSubdirectory("quantgrad-settings-");
        try
        {
            // Three settings of the same dates, the last but one day, and one of other data, which is left out.
            string[] folders = [.. Enumerable.Range(1, 4).Select(setting =>
            {
                var folder = parent.CreateSubdirectory(FormattableString.Invariant($"{setting}")).FullName;
                var rows = Enumerable.Range(0, books.Steps - 1).Select(row => FormattableString.Invariant(
                    $"{RunFiles.Dates(books.Dates)(setting < 4 ? books.Dates[row] : books.Dates[row].AddYears(100))},0,{Math.Sin(setting * row) / 100:R}"));
                File.WriteAllLines(Path.Combine(folder, "equity.csv"), rows.Prepend("date,fold,net_return"));
                return folder;
            })];

            var evidence = RunEvidence.Of(walk.Result, new TrialHistory(4, 4, [], folders), 2);

            Assert.Equal(evidence.Members.Length + 3, evidence.Configurations.Length);
            Assert.All(evidence.Configurations, returns => Assert.Equal(books.Steps - 1, returns.Length));
            Assert.Equal(Math.Sin(2 * 5) / 100, evidence.Configurations[^2][5], 1e-15);
            Assert.InRange(evidence.Overfitting!.Probability.Value, 0, 1);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }

    private (string Name, byte[] Content)[] Files(int threads) => [.. EvidenceFiles.Of(RunEvidence.Of(walk.Result, TrialHistory.None, threads))];
}

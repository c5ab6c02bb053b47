using System.Text.Json;
using QuantGrad.Reporting;

namespace QuantGrad.Tests.Reporting;

public sealed class TrialHistoryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-trials-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Before_OtherSettingsOfTheStrategy_AreTrialsWithAllTheirSeeds()
    {
        Keep("mine", "1", "aaa", 1, 3, 0.5);
        Keep("mine", "2", "bbb", 2, 5, 1.5);
        Keep("mine", "3", "bbb", 3, 5, 1.5);
        Keep("mine", "4", "ccc", 4, 2, null);
        Keep("other", "1", "ddd", 1, 7, 2);

        var history = Before(Keep("mine", "5", "eee", 5, 1, null), "mine", "eee");

        Assert.Equal((2, 8), (history.Settings, history.Trials));
        Assert.Equal([0.5 / 16, 1.5 / 16], history.Sharpes);
    }

    [Fact]
    public void Before_SameSettingsAgain_CountsOnlyWhatCameBeforeTheirFirstRun()
    {
        Keep("mine", "1", "aaa", 1, 3, 0.5);
        Keep("mine", "2", "bbb", 2, 3, 0.6);

        var again = Before(Keep("mine", "3", "aaa", 3, 3, null), "mine", "aaa");

        Assert.Equal(TrialHistory.None, again);
    }

    [Fact]
    public void Before_SameSettingsOnOtherData_CountsTheOtherSettingsAndNotItself()
    {
        Keep("mine", "1", "aaa", 1, 3, 0.5);
        Keep("mine", "2", "bbb", 2, 2, 0.6);
        Keep("mine", "3", "ccc", 3, 4, 0.7);

        var history = Before(Keep("mine", "4", "aaa", 4, 3, null, data: "other"), "mine", "aaa", "other");

        Assert.Equal((2, 6), (history.Settings, history.Trials));
    }

    [Fact]
    public void Before_RunInAFolderOfItsOwn_CountsTheRunsOfTheReportsAndThoseBesideIt()
    {
        Keep("mine", "1", "aaa", 1, 3, 0.5);
        Keep("mine", "2", "bbb", 2, 2, 0.6);
        Keep("mine", "3", "ccc", 3, 1, 0.7, parent: "elsewhere");
        var run = Keep("mine", "4", "ddd", 4, 3, null, parent: "elsewhere");

        Assert.Equal((3, 6), (Before(run, "mine", "ddd").Settings, Before(run, "mine", "ddd").Trials));
        // And the other way round: what was run into a folder below the reports counts for the next run there.
        Assert.Equal((3, 6), (Before(Keep("mine", "5", "eee", 4, 3, null), "mine", "eee").Settings, Before(Keep("mine", "5", "eee", 4, 3, null), "mine", "eee").Trials));
    }

    [Fact]
    public void Before_TriedAndRuined_IsATrialWithoutASharpeRatio()
    {
        Keep("mine", "1", "aaa", 1, 3, double.NaN);

        var history = Before(Keep("mine", "2", "bbb", 2, 3, null), "mine", "bbb");

        Assert.Equal((1, 3), (history.Settings, history.Trials));
        Assert.Empty(history.Sharpes);
    }

    private TrialHistory Before(string run, string name, string hash, string data = "data") => TrialHistory.Before(run, folder.FullName, name, hash, data);

    private string Keep(string name, string id, string hash, int minute, int seeds, double? sharpe, string data = "data", string? parent = null)
    {
        var run = Path.Combine(folder.FullName, parent ?? name, id);
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "run.json"), JsonSerializer.Serialize(
            new { name, state = "complete", strategy_sha256 = hash, data_sha256 = data, started = $"2024-01-01T00:0{minute}:00Z", strategy = new { training = new { seeds } } }));
        if (sharpe is { } known)
            File.WriteAllText(Path.Combine(run, "metrics.json"), JsonSerializer.Serialize(new { periods_per_year = 256, out_of_sample = new { sharpe = double.IsNaN(known) ? null : sharpe } }));
        return run;
    }
}

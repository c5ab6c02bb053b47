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

        var history = TrialHistory.Before(Keep("mine", "5", "eee", 5, 1, null), "mine", "eee");

        Assert.Equal((2, 8), (history.Settings, history.Trials));
        Assert.Equal([0.5 / 16, 1.5 / 16], history.Sharpes);
    }

    [Fact]
    public void Before_SameSettingsAgain_CountsOnlyWhatCameBeforeTheirFirstRun()
    {
        Keep("mine", "1", "aaa", 1, 3, 0.5);
        Keep("mine", "2", "bbb", 2, 3, 0.6);

        var again = TrialHistory.Before(Keep("mine", "3", "aaa", 3, 3, null), "mine", "aaa");

        Assert.Equal(TrialHistory.None, again);
    }

    [Fact]
    public void Before_RunOutsideTheFolderOfItsStrategy_HasNoHistory() =>
        Assert.Equal(TrialHistory.None, TrialHistory.Before(Keep("elsewhere", "1", "aaa", 1, 3, 0.5), "mine", "aaa"));

    private string Keep(string name, string id, string hash, int minute, int seeds, double? sharpe)
    {
        var run = Path.Combine(folder.FullName, name, id);
        Directory.CreateDirectory(run);
        File.WriteAllText(Path.Combine(run, "run.json"), JsonSerializer.Serialize(
            new { name, strategy_sha256 = hash, started = $"2024-01-01T00:0{minute}:00Z", strategy = new { training = new { seeds } } }));
        if (sharpe is not null)
            File.WriteAllText(Path.Combine(run, "metrics.json"), JsonSerializer.Serialize(new { periods_per_year = 256, out_of_sample = new { sharpe } }));
        return run;
    }
}

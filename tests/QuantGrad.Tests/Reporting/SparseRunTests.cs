using System.Globalization;
using QuantGrad.Reporting;

namespace QuantGrad.Tests.Reporting;

/// <summary>Runs that have less to show than most: the page says so, and is still written.</summary>
public sealed class SparseRunTests : IDisposable
{
    private static readonly string[] Contract = ["run.json", "metrics.json", "folds.csv", "positions.csv", "equity.csv"];

    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-sparse-").FullName;

    public SparseRunTests() => new ExampleRun(years: 5, assets: 3).Write(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_OnlyTheFilesOfTheContract_LeavesTheOtherSectionsOut()
    {
        foreach (var file in Directory.GetFiles(folder).Where(file => !Contract.Contains(Path.GetFileName(file)))) File.Delete(file);

        var page = Page();

        Assert.Contains("id=\"returns\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"costs\"", page, StringComparison.Ordinal);
        foreach (var section in new[] { "baselines", "training", "credit", "diagnostics", "contributions" })
            Assert.DoesNotContain($"id=\"{section}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Write_FewRows_GivesAPage(int rows)
    {
        foreach (var file in new[] { "equity.csv", "legs.csv", "members.csv" }) Keep(file, rows);

        Assert.Contains("Settings", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingTraded_SaysSo()
    {
        Rewrite("equity.csv", cells => [cells[0], cells[1], "0", "0", "0", "1", "0", "0"]);

        var page = Page();

        Assert.Contains("Nothing was traded.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page[..page.LastIndexOf("<script>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LastTestWindowOfThreeDays_SaysThatItIsShort()
    {
        const string words = "The last test window ends with the prices, on ";
        Assert.DoesNotContain(words, Page(), StringComparison.Ordinal);
        var last = File.ReadAllLines(Path.Combine(folder, "folds.csv")).Length - 2;

        Rewrite("folds.csv", cells => cells[0] == $"{last}" ? [.. cells[..6], DateTime.Parse(cells[5], CultureInfo.InvariantCulture).AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), .. cells[7..]] : cells);

        Assert.Contains(words, Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HourlyBars_KeepsTheirTimes()
    {
        var start = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var row = 0;
        string Hour() => start.AddHours(row++).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        foreach (var file in new[] { "baselines.csv", "legs.csv", "members.csv" }) File.Delete(Path.Combine(folder, file));
        Rewrite("equity.csv", cells => [Hour(), .. cells[1..]]);

        Assert.Contains("out of sample 2020-01-01 to 2020-01-", Page(), StringComparison.Ordinal);
        Assert.Contains(" 23:00", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HourlyFolds_FitThePaperByTheirDays()
    {
        Rewrite("folds.csv", cells => [cells[0], .. cells[1..7].Select(day => day + "T15:00:00Z"), .. cells[7..]]);

        var page = Page();
        var table = page[page.IndexOf("<caption>Folds</caption>", StringComparison.Ordinal)..];

        Assert.DoesNotContain("15:00", table[..table.IndexOf("</table>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("15:00", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_UndefinedSharpe_GivesItsReason()
    {
        var path = Path.Combine(folder, "metrics.json");
        File.WriteAllText(path, """{"out_of_sample": {"sharpe": null, "reasons": {"sharpe": "fewer than 2 returns"}}}""");

        Assert.Contains("No verdict: the net Sharpe ratio is undefined (fewer than 2 returns).", Page(), StringComparison.Ordinal);
    }

    private string Page() => File.ReadAllText(ReportWriter.Write(folder));

    private void Keep(string file, int rows) => File.WriteAllLines(Path.Combine(folder, file), File.ReadLines(Path.Combine(folder, file)).Take(rows + 1).ToArray());

    private void Rewrite(string file, Func<string[], string[]> change)
    {
        var path = Path.Combine(folder, file);
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(path, [lines[0], .. lines.Skip(1).Select(line => string.Join(',', change(line.Split(','))))]);
    }
}

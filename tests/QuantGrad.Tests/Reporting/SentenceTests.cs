using System.Globalization;
using System.Text.Json.Nodes;
using QuantGrad.Reporting;
using QuantGrad.Reporting.Charts;
using QuantGrad.Reporting.Markup;

namespace QuantGrad.Tests.Reporting;

/// <summary>The sentences of the page are true of runs that lose, of one symbol, of an account that hardly moves.</summary>
public sealed class SentenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-sentence-").FullName;

    public SentenceTests() => new ExampleRun(years: 5, assets: 3).Write(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Interval_AllBelowZero_IsNotSaidToHoldZero()
    {
        Figures(figures => figures["sharpe_ci_95"] = new JsonArray(-2.45, -0.16));

        var page = Page();

        Assert.Contains("all of it is below zero", page, StringComparison.Ordinal);
        Assert.DoesNotContain("zero is inside", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-2.1, "the mean is below zero")]
    [InlineData(2.1, "the mean is above zero")]
    [InlineData(-1.1, "the mean is not shown to differ from zero")]
    public void HacT_AnySign_SaysOnWhichSide(double t, string words)
    {
        Figures(figures => figures["hac_t"] = t);

        Assert.Contains(words, Page(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-0.97", "-1.17", "The mean fold has −0.97 in sample and −1.17 out of sample")]
    [InlineData("1.05", "-0.63", "The mean fold has 1.05 in sample and −0.63 out of sample")]
    [InlineData("2", "1", "The mean fold keeps 1.00 of its in-sample 2.00, a ratio of 0.50")]
    public void InAndOut_AnySign_KeepsOnlyWhatWasThere(string inside, string outside, string words)
    {
        var header = File.ReadLines(Path.Combine(folder, "folds.csv")).First().Split(',');
        var (train, test) = (Array.IndexOf(header, "train_sharpe"), Array.IndexOf(header, "test_sharpe"));

        Rewrite("folds.csv", cells => [.. cells.Select((cell, at) => at == train ? inside : at == test ? outside : cell)]);

        Assert.Contains(words, Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void InAndOut_LastWindowOfADay_HardlyCounts()
    {
        var header = File.ReadLines(Path.Combine(folder, "folds.csv")).First().Split(',');
        int At(string name) => Array.IndexOf(header, name);
        var last = File.ReadAllLines(Path.Combine(folder, "folds.csv")).Length - 2;

        Rewrite("folds.csv", cells => [.. cells.Select((cell, at) => at == At("train_sharpe") ? "2" : at == At("test_sharpe") ? (cells[0] == $"{last}" ? "-50" : "1.5")
            : at == At("test_end") && cells[0] == $"{last}" ? DateTime.Parse(cells[At("test_start")], CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : cell)]);

        Assert.Contains("The mean fold, each by the length of its test, keeps 1.35 of its in-sample 2.00", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Verdict_TooFewReturnsForAnInterval_SaysSo()
    {
        Figures(figures =>
        {
            figures["sharpe_ci_95"] = null;
            figures["reasons"]!["sharpe_ci_95"] = "fewer than 10 returns";
        });

        Assert.Contains("out of sample, 95% interval undefined (fewer than 10 returns)", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void RandomTiming_NotSignificant_DoesNotClaimThatLuckDoesAsWell()
    {
        Metrics(metrics => metrics["significance"]!["random_timing"]!["p_value"] = 0.11);

        Assert.Contains("not shown: the same positions at random times do as well too often", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void BreakEven_LosingBeforeCost_IsNone()
    {
        Figures(figures => figures["break_even_cost_bps"] = -26);

        Assert.Contains("loses before any cost", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tail_UndefinedRisk_IsNotWrittenAsALoss()
    {
        Figures(figures => figures["var_95"] = null);

        Assert.DoesNotContain("at least n/a", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Contribution_OneSymbol_IsNotCompared()
    {
        new ExampleRun(years: 5, assets: 1).Write(folder);

        Assert.Contains("SYM00, the only symbol, gave ", Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void CostTable_BaselineThatBorrows_PaysForItAtEveryCost()
    {
        static string Row(string page) => page[page.IndexOf("Net Sharpe ratio by cost", StringComparison.Ordinal)..][..2000];
        var before = Row(Page());

        Rewrite("baselines.csv", cells => cells[1] == "year_sign" ? [cells[0], cells[1], cells[2], (double.Parse(cells[3], CultureInfo.InvariantCulture) + 0.001).ToString("R", CultureInfo.InvariantCulture), .. cells[4..]] : cells);

        Assert.NotEqual(before, Row(Page()));
    }

    [Fact]
    public void Drawing_OfAThousandPixels_SaysSoInPlainDigits()
    {
        var html = new HtmlWriter();
        new Chart("tall", "Tall", "Many rows.", new BarChart(["a"], "number2", [new DrawnSeries("a", [1])]), new Table("Tall", "<a")) { Height = 1284 }.Write(html);

        Assert.Contains("data-height=\"1284\"", html.ToString(), StringComparison.Ordinal);
    }

    private string Page() => File.ReadAllText(ReportWriter.Write(folder));

    private void Figures(Action<JsonNode> change) => Metrics(metrics => change(metrics["out_of_sample"]!));

    private void Metrics(Action<JsonNode> change)
    {
        var path = Path.Combine(folder, "metrics.json");
        var metrics = JsonNode.Parse(File.ReadAllText(path))!;
        change(metrics);
        File.WriteAllText(path, metrics.ToJsonString());
    }

    private void Rewrite(string file, Func<string[], string[]> change)
    {
        var path = Path.Combine(folder, file);
        var lines = File.ReadAllLines(path);
        File.WriteAllLines(path, [lines[0], .. lines.Skip(1).Select(line => string.Join(',', change(line.Split(','))))]);
    }
}

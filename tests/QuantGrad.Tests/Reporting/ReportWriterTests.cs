using System.Text.RegularExpressions;
using QuantGrad.Reporting;

namespace QuantGrad.Tests.Reporting;

public sealed partial class ReportWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Write_ExampleRun_GivesOneFileWithinItsSize()
    {
        var page = Page(new ExampleRun(years: 5, assets: 3));

        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.True(Frame(page) <= 1_500_000, $"the page without its data has {Frame(page):N0} bytes; at most 1.5 MB are promised");
        Assert.Equal(["report.html"], Directory.GetFiles(folder, "report*").Select(Path.GetFileName));
    }

    [Fact]
    public void Write_AnyRun_NamesNoAddressOutsideItself()
    {
        var page = Page(new ExampleRun(years: 5, assets: 3));
        var markup = ScriptOrStyle().Replace(page, "");

        Assert.DoesNotMatch("""(src|href)="(?!#|data:,)""", markup);
        Assert.Contains("default-src &#39;none&#39;", markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HostileNames_AddNoElement()
    {
        const string Attack = "</script><img src=x onerror=alert(1)>";
        var hostile = Page(new ExampleRun(years: 5, assets: 3, name: Attack, symbol: a => a switch { 0 => Attack, 1 => "=HYPERLINK(\"http://x\")", _ => "\u202Eevil" }));
        var plain = Page(new ExampleRun(years: 5, assets: 3));

        Assert.Equal(Tags(plain), Tags(hostile));
        Assert.Contains("&lt;/script&gt;&lt;img", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", hostile, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩evil", hostile, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FolderWithoutMetrics_SaysWhatIsMissing()
    {
        new ExampleRun(years: 5, assets: 2).Write(folder);
        File.Delete(Path.Combine(folder, "metrics.json"));

        var fault = Assert.Throws<UsageException>(() => ReportWriter.Write(folder));

        Assert.Contains("there is no metrics.json", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "report.html")));
    }

    [Fact]
    public void Write_DamagedNumber_NamesFileAndLine()
    {
        new ExampleRun(years: 5, assets: 2).Write(folder);
        var path = Path.Combine(folder, "equity.csv");
        var lines = File.ReadAllLines(path);
        lines[4] = lines[4].Replace(",", ",x", StringComparison.Ordinal);
        File.WriteAllLines(path, lines);

        var fault = Assert.Throws<UsageException>(() => ReportWriter.Write(folder));

        Assert.Contains("equity.csv, line 5", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameFolder_GivesTheSameBytes() => Assert.Equal(Page(new ExampleRun(years: 5, assets: 3)), File.ReadAllText(ReportWriter.Write(folder)));

    private string Page(ExampleRun run) => File.ReadAllText(ReportWriter.Write(run.Write(folder)));

    private static string[] Tags(string page) => [.. Tag().Matches(ScriptOrStyle().Replace(page, "")).Select(match => match.Groups["name"].Value)];

    private static int Frame(string page) => System.Text.Encoding.UTF8.GetByteCount(Data().Replace(page, ""));

    [GeneratedRegex("<(?<name>/?[a-z!][a-z0-9]*)")]
    private static partial Regex Tag();

    [GeneratedRegex("<(?<tag>script|style)[^>]*>.*?</\\k<tag>>", RegexOptions.Singleline)]
    private static partial Regex ScriptOrStyle();

    [GeneratedRegex("<script type=\"application/json\".*?</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}

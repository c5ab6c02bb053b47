using Microsoft.Playwright;
using QuantGrad.Reporting;
using QuantGrad.Tests.Reporting;

namespace QuantGrad.EndToEnd.Tests.Browser;

public sealed class ReportPageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-browser-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_Opened_DrawsEveryChartAsksForNothingAndComplainsOfNothing(ColorScheme scheme)
    {
        await using var opened = await chromium.OpenAsync(Report(), scheme);

        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
        Assert.Empty(await opened.BlankChartsAsync());
        Assert.True(await opened.Page.Locator("[data-chart]").CountAsync() >= 20);
        Assert.Equal(0, await opened.Page.Locator("figure:not(:has(h3))").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("figure:not(:has(.reading))").CountAsync());
        Assert.Equal(0, await opened.Page.Locator("figure:not(:has(table))").CountAsync());
    }

    [Fact]
    public async Task Page_ChartWithoutItsData_IsSeenByTheCheck()
    {
        var file = Report();
        var page = await File.ReadAllTextAsync(file);
        var start = page.IndexOf("id=\"yearly-data\">", StringComparison.Ordinal) + "id=\"yearly-data\">".Length;
        var end = page.IndexOf("</script>", start, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, page[..start] + """{"categories":[],"format":"percent","series":[]}""" + page[end..]);

        await using var opened = await chromium.OpenAsync(file);

        Assert.Equal(["yearly"], await opened.BlankChartsAsync());
    }

    [Fact]
    public async Task Page_HostileNames_AddNoElement()
    {
        const string Attack = "</script><img src=x onerror=alert(1)>";
        var plain = await ElementsAsync(Report());
        var hostile = await ElementsAsync(Report(new ExampleRun(years: 6, assets: 4, name: Attack, symbol: a => a switch
        {
            0 => Attack,
            1 => "=HYPERLINK(\"http://x\")",
            2 => "\u202Eevil\u202C",
            _ => "<svg onload=alert(2)>",
        })));

        Assert.Equal(plain, hostile);
    }

    [Fact]
    public async Task Page_WithoutScript_StillShowsItsTables()
    {
        await using var opened = await chromium.OpenAsync(Report(), script: false);

        Assert.True(await opened.Page.Locator("table:visible").CountAsync() >= 6);
        await opened.Page.Locator("#monthly summary").ClickAsync();
        Assert.True(await opened.Page.Locator("#monthly table").IsVisibleAsync());
    }

    [Fact]
    public async Task Comparison_Opened_DrawsEveryChartAndAsksForNothing()
    {
        string Run(string name, ulong seed) => new ExampleRun(years: 6, assets: 4, seed: seed, name: name).Write(Path.Combine(folder, $"run-{seed}"));
        var file = ComparisonWriter.Write([Run("first", 1), Run("<b>second", 2), Run("third", 3)], Path.Combine(folder, "compare.html"));

        await using var opened = await chromium.OpenAsync(file);

        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
        Assert.Empty(await opened.BlankChartsAsync());
        Assert.Equal(0, await opened.Page.Locator("main b:not(.card b)").CountAsync());
    }

    private string Report(ExampleRun? run = null) => ReportWriter.Write((run ?? new ExampleRun(years: 6, assets: 4)).Write(Path.Combine(folder, "run")));

    private async Task<string> ElementsAsync(string file)
    {
        await using var opened = await chromium.OpenAsync(file);
        Assert.Empty(opened.Complaints);
        Assert.Empty(opened.Requests);
        return await opened.Page.EvaluateAsync<string>("""
            () => { const count = {}; for (const element of document.querySelectorAll('body *:not(svg *)')) count[element.tagName] = (count[element.tagName] ?? 0) + 1;
              return JSON.stringify(Object.entries(count).sort()) + document.querySelectorAll('img, svg [onload], [onerror]').length; }
            """);
    }
}

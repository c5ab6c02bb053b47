using Microsoft.Playwright;
using QuantGrad.Reporting;
using QuantGrad.Tests.Reporting;

namespace QuantGrad.EndToEnd.Tests.Browser;

public sealed class ReportKeyboardTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Tab_FromTheTop_ReachesEveryControlAndChart()
    {
        await using var opened = await chromium.OpenAsync(Report());
        var wanted = await opened.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('a[href], button, summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility()).length");
        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var press = 0; press < wanted; press++)
        {
            await opened.Page.Keyboard.PressAsync("Tab");
            reached.Add(await opened.Page.EvaluateAsync<string>("""
                () => { const e = document.activeElement; const style = getComputedStyle(e); return e === document.body ? 'body' : [...document.querySelectorAll('*')].indexOf(e) + (style.outlineStyle === 'none' ? ' without outline' : ''); }
                """));
        }

        Assert.Equal(wanted, reached.Count);
        Assert.DoesNotContain(reached, place => place == "body" || place.EndsWith("without outline", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Arrows_OnAChart_SayThePoint()
    {
        await using var opened = await chromium.OpenAsync(Report());

        await opened.Page.Locator("#yearly .drawing").FocusAsync();
        await opened.Page.Keyboard.PressAsync("ArrowRight");
        var bar = await opened.Page.Locator("#speech").InnerTextAsync();
        await opened.Page.Locator("#growth .drawing").FocusAsync();
        await opened.Page.Keyboard.PressAsync("End");
        var last = await opened.Page.Locator("#speech").InnerTextAsync();

        Assert.Matches(@"^\d{4}, Strategy .*%", bar);
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}, Strategy, net \d", last);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task RangeButton_Pressed_ZoomsEveryChartOverTime()
    {
        await using var opened = await chromium.OpenAsync(Report());
        async Task<string[]> Labels() => [await AxisAsync(opened.Page, "growth"), await AxisAsync(opened.Page, "rolling-figures"), await AxisAsync(opened.Page, "legs")];
        var all = await Labels();

        await opened.Page.Locator("[data-years='1']").PressAsync("Enter");
        var year = await Until(labels => labels.Zip(all).All(pair => pair.First != pair.Second));
        await opened.Page.Locator("[data-years='0']").PressAsync("Enter");

        for (var chart = 0; chart < all.Length; chart++) Assert.NotEqual(all[chart], year[chart]);
        Assert.Equal(all, await Until(labels => labels.SequenceEqual(all, StringComparer.Ordinal)));

        // The page draws when it has time to.
        async Task<string[]> Until(Func<string[], bool> isDrawn)
        {
            for (var tries = 0; tries < 100 && !isDrawn(await Labels()); tries++) await opened.Page.WaitForTimeoutAsync(50);
            return await Labels();
        }
    }

    [Fact]
    public async Task Pointer_OverTheEquity_MovesTheLineOfTheOtherCharts()
    {
        await using var opened = await chromium.OpenAsync(Report());
        var box = (await opened.Page.Locator("#growth .drawing").BoundingBoxAsync())!;
        var before = await opened.Page.Locator("#rolling-figures svg path").CountAsync();

        await opened.Page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + 100);
        await opened.Page.WaitForFunctionAsync("before => document.querySelectorAll('#rolling-figures svg path').length > before", before);

        Assert.Equal(1, await opened.Page.Locator(".card:visible").CountAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task KeyButton_Pressed_HidesItsSeries()
    {
        await using var opened = await chromium.OpenAsync(Report());
        var paths = opened.Page.Locator("#costs svg path");
        var before = await paths.CountAsync();

        await opened.Page.Locator("#costs .key button").First.PressAsync("Enter");

        Assert.Equal("false", await opened.Page.Locator("#costs .key button").First.GetAttributeAsync("aria-pressed"));
        await opened.Page.WaitForFunctionAsync("before => document.querySelectorAll('#costs svg path').length < before", before);
    }

    private static Task<string> AxisAsync(IPage page, string chart) =>
        page.EvaluateAsync<string>("id => [...document.querySelectorAll(`#${id} svg text`)].map(text => text.textContent).filter(text => /^(\\d{4}|[A-Z][a-z]{2})$/.test(text)).join()", chart);

    private string Report() => ReportWriter.Write(new ExampleRun(years: 7, assets: 4).Write(Path.Combine(folder, "run")));
}

using Microsoft.Playwright;
using QuantGrad.Reporting;
using QuantGrad.Tests.Reporting;

namespace QuantGrad.EndToEnd.Tests.Browser;

public sealed class ReportThemeTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    // The contrast of every visible text with the nearest painted background (WCAG 2, relative luminance).
    private const string Illegible = """
        () => {
          const parse = colour => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
          const luminance = ([r, g, b]) => { const f = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
          const ground = element => { for (let at = element; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255, 255]; };
          const paper = luminance(ground(document.body));
          const bad = [];
          const check = (colour, text, under = paper) => { const [a, b] = [luminance(parse(colour)), under].sort((x, y) => y - x); if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(`${text} ${colour}`); };
          const cell = (cells, text) => { const t = text.getBoundingClientRect(); const [x, y] = [(t.left + t.right) / 2, (t.top + t.bottom) / 2];
            const under = cells.findLast(c => c.box.left < x && c.box.right > x && c.box.top < y && c.box.bottom > y); return under ? luminance(parse(under.fill)) : paper; };
          for (const element of document.querySelectorAll('h1, h2, h3, p, th, td, dt, dd, a, button, summary')) if (element.offsetParent && element.textContent.trim()) check(getComputedStyle(element).color, element.textContent.trim().slice(0, 30));
          for (const text of document.querySelectorAll('[data-chart]:not([data-chart=heat]) svg text')) check(text.getAttribute('fill') ?? 'black', text.textContent);
          for (const map of document.querySelectorAll('[data-chart=heat] svg')) {
            const cells = [...map.querySelectorAll('path')].map(path => ({ fill: path.getAttribute('fill') ?? 'none', box: path.getBoundingClientRect() })).filter(c => c.fill !== 'none' && c.box.width < 300);
            for (const text of map.querySelectorAll('text')) check(text.getAttribute('fill') ?? 'black', text.textContent, cell(cells, text));
          }
          return [...new Set(bad)].slice(0, 12);
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-theme-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Text_InEitherTheme_StandsOutFromItsBackground(ColorScheme scheme)
    {
        await using var opened = await chromium.OpenAsync(Report(), scheme);

        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(Illegible));
        Keep(await opened.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true }), $"report-{scheme}.png");
    }

    [Fact]
    public async Task Toggle_Pressed_ChangesPaperAndCharts()
    {
        await using var opened = await chromium.OpenAsync(Report());
        var before = await ColoursAsync(opened.Page);

        await opened.Page.Locator("#theme").ClickAsync();
        await opened.Page.Locator("#theme").ClickAsync();

        Assert.Equal("Theme: dark", await opened.Page.Locator("#theme").InnerTextAsync());
        var after = await ColoursAsync(opened.Page);
        Assert.NotEqual(before[0], after[0]);
        Assert.NotEqual(before[1], after[1]);
    }

    [Fact]
    public async Task Print_FromTheDark_IsLightAndHoldsEveryChart()
    {
        await using var opened = await chromium.OpenAsync(Report(), ColorScheme.Dark);

        var pdf = await opened.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true, PrintBackground = true });
        var dark = await ColoursAsync(opened.Page);
        await opened.Page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        var paper = await ColoursAsync(opened.Page);
        await opened.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        Assert.True(pdf.Length > 100_000);
        Assert.NotEqual(dark[1], paper[1]);
        Assert.Empty(await opened.Page.EvaluateAsync<string[]>(Illegible));
        Assert.Equal("rgb(253, 253, 251)", (await ColoursAsync(opened.Page))[0]);
        Assert.False(await opened.Page.Locator("nav").IsVisibleAsync());
        await opened.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Screen });
        await opened.Page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        Assert.Equal(dark, await ColoursAsync(opened.Page));
        Assert.Empty(opened.Complaints);
        Keep(pdf, "report-print.pdf");
    }

    private static Task<string[]> ColoursAsync(IPage page) => page.EvaluateAsync<string[]>(
        "() => [getComputedStyle(document.body).backgroundColor, document.querySelector('#growth svg path[stroke]').getAttribute('stroke') + document.querySelector('#growth svg text').getAttribute('fill')]");

    // Whoever wants to look names a folder.
    private static void Keep(byte[] picture, string name)
    {
        if (Environment.GetEnvironmentVariable("QUANTGRAD_SCREENSHOTS") is not { Length: > 0 } place) return;
        Directory.CreateDirectory(place);
        File.WriteAllBytes(Path.Combine(place, name), picture);
    }

    private string Report() => ReportWriter.Write(new ExampleRun(years: 6, assets: 4).Write(Path.Combine(folder, "run")));
}

using System.Globalization;
using Microsoft.Playwright;
using QuantGrad.Reporting;
using QuantGrad.Tests.Reporting;

namespace QuantGrad.EndToEnd.Tests.Browser;

public sealed class ReportLayoutTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("quantgrad-axis-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Growth_AccountThatHardlyMoves_HasTicksToReadItBy()
    {
        new ExampleRun(years: 5, assets: 3).Write(folder);
        foreach (var file in new[] { "baselines.csv", "members.csv" }) File.Delete(Path.Combine(folder, file));
        var path = Path.Combine(folder, "equity.csv");
        var lines = File.ReadAllLines(path);
        string Row(string line, int row) => string.Join(',', [.. line.Split(',')[..2], "0", "0", "0", (1 + 0.03 * Math.Sin(row / 50.0)).ToString("R", CultureInfo.InvariantCulture), "0", "0"]);
        File.WriteAllLines(path, [lines[0], .. lines.Skip(1).Select(Row)]);

        await using var opened = await chromium.OpenAsync(ReportWriter.Write(folder));

        var ticks = await opened.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#growth svg text')].map(text => text.textContent).filter(text => text.endsWith('×'))");
        Assert.InRange(ticks.Length, 3, 8);
        Assert.Equal(ticks.Length, ticks.Distinct(StringComparer.Ordinal).Count());
    }

    // A4 less its margins is 184 mm, 695 pixels of CSS: what is wider makes the browser print the whole page smaller.
    [Fact]
    public async Task Print_EveryTable_FitsThePaper()
    {
        await using var opened = await chromium.OpenAsync(ReportWriter.Write(new ExampleRun(years: 6, assets: 4).Write(folder)));
        await opened.Page.SetViewportSizeAsync(695, 900);
        await opened.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        var wide = await opened.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('table')].filter(table => table.offsetParent && table.getBoundingClientRect().right > 696).map(table => table.caption.textContent)");
        Assert.Empty(wide);
    }
}

using Microsoft.Playwright;

namespace QuantGrad.Benchmarks.Reporting;

/// <summary>Chromium (QUANTGRAD_CHROMIUM, or Debian's), driven by Playwright.</summary>
internal sealed class Chromium : IDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <summary>Starts it; null with a word on standard error where there is none.</summary>
    internal static Chromium? Launch()
    {
        var path = Environment.GetEnvironmentVariable("QUANTGRAD_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            Console.Error.WriteLine("Chromium is not installed (apt-get install chromium, or name one in QUANTGRAD_CHROMIUM): the first screen is left out.");
            return null;
        }

        var playwright = Playwright.CreateAsync().GetAwaiter().GetResult();
        var options = new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] };
        return new Chromium(playwright, playwright.Chromium.LaunchAsync(options).GetAwaiter().GetResult());
    }

    /// <summary>What the page's thread worked until the first screen was drawn, in seconds of its own time: on an idle machine that is what a reader waits.</summary>
    internal double FirstScreenSeconds(string file) => Measure(file).GetAwaiter().GetResult();

    public void Dispose()
    {
        browser.CloseAsync().GetAwaiter().GetResult();
        playwright.Dispose();
    }

    private async Task<double> Measure(string file)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 900 } }).ConfigureAwait(false);
        await using var closing = context.ConfigureAwait(false);
        var page = await context.NewPageAsync().ConfigureAwait(false);
        var session = await context.NewCDPSessionAsync(page).ConfigureAwait(false);
        await session.SendAsync("Performance.enable", new Dictionary<string, object>(StringComparer.Ordinal) { ["timeDomain"] = "threadTicks" }).ConfigureAwait(false);
        await page.GotoAsync(new Uri(file).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Commit }).ConfigureAwait(false);
        await page.WaitForSelectorAsync("html[data-first]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached }).ConfigureAwait(false);
        var metrics = await session.SendAsync("Performance.getMetrics").ConfigureAwait(false);
        return metrics!.Value.GetProperty("metrics").EnumerateArray().First(metric => metric.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
    }
}

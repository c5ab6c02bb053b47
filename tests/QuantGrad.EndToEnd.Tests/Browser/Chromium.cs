using Microsoft.Playwright;

namespace QuantGrad.EndToEnd.Tests.Browser;

/// <summary>The system's Chromium (QUANTGRAD_CHROMIUM, or Debian's), driven by Playwright without a sandbox and without a network of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private const string Missing = "There is no Chromium: apt-get install chromium, or name one in QUANTGRAD_CHROMIUM.";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public static string? Path =>
        Environment.GetEnvironmentVariable("QUANTGRAD_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(Places, File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Path is null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <summary>Opens a page from disk and waits until every chart is drawn; skips the test where there is no Chromium.</summary>
    public async Task<OpenedPage> OpenAsync(string file, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        if (browser is null) Assert.Skip(Missing);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme, JavaScriptEnabled = script, ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        var opened = new OpenedPage(await context.NewPageAsync(), file);
        await opened.LoadAsync(script);
        return opened;
    }
}

/// <summary>A page with all that it asked for and complained about.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    private readonly Uri address;

    public OpenedPage(IPage page, string file)
    {
        Page = page;
        address = new Uri(file);
        page.Request += (_, request) =>
        {
            if (request.Url != address.AbsoluteUri && !request.Url.StartsWith("data:", StringComparison.Ordinal)) Requests.Add(request.Url);
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) => Complaints.Add($"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>Addresses asked for beside the page itself.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Errors and warnings of the console, uncaught errors, dialogs.</summary>
    public List<string> Complaints { get; } = [];

    public async Task LoadAsync(bool script)
    {
        await Page.GotoAsync(address.AbsoluteUri);
        if (script) await Page.WaitForSelectorAsync("html[data-ready=yes]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>The charts that show less than an axis and a mark.</summary>
    public Task<string[]> BlankChartsAsync() => Page.EvaluateAsync<string[]>("""
        () => [...document.querySelectorAll('[data-chart]')].filter(chart => {
          const box = chart.getBoundingClientRect();
          const marks = [...chart.querySelectorAll('svg path, svg rect, svg polyline')].filter(mark => {
            const { width, height } = mark.getBBox();
            return width + height > 2 && (mark.getAttribute('stroke') ?? 'none') + (mark.getAttribute('fill') ?? 'none') !== 'nonenone';
          });
          return box.height < 100 || box.width < 200 || marks.length < 3 || chart.querySelectorAll('svg text').length < 2;
        }).map(chart => chart.closest('figure').id)
        """);

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

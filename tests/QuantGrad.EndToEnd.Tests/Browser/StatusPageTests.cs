using QuantGrad.EndToEnd.Tests.Serving;
using QuantGrad.Tests.Exporting;

namespace QuantGrad.EndToEnd.Tests.Browser;

/// <summary>The server's page for a person, as a screen shows it.</summary>
public sealed class StatusPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory, InlineData(1280), InlineData(400)]
    public async Task Page_LongReasons_StayWithinTheScreenAndLeaveTheFiguresTheirRoom(int width)
    {
        await using var served = await ServedRepository.Start(root =>
        {
            TinyBundle.Write(Path.Combine(root, "tiny", "1"));
            var damaged = Path.Combine(root, "a-model-with-a-rather-long-name", "1");
            TinyBundle.Write(damaged, "a-model-with-a-rather-long-name");
            File.AppendAllText(Path.Combine(damaged, "model.onnx"), "x"); // its reason holds two checksums of 64 characters without a space
        });
        await using var opened = await chromium.OpenAsync(served.Server.Address.AbsoluteUri, script: false);
        await opened.Page.SetViewportSizeAsync(width, 900);

        Assert.InRange(await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), 1, width);
        Assert.Contains("was changed: its SHA-256 is", await opened.Page.Locator("tr.note").InnerTextAsync(), StringComparison.Ordinal);
        var row = await opened.Page.Locator("tbody tr", new() { HasText = "tiny" }).BoundingBoxAsync();
        Assert.InRange(row!.Height, 10, width > 1000 ? 40 : 130);
        Assert.Empty(opened.Complaints);
    }
}

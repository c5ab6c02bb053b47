using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using QuantGrad.EndToEnd.Tests.CommandLine;
using QuantGrad.Serving.Operations;
using QuantGrad.Tests.Exporting;

namespace QuantGrad.EndToEnd.Tests.Serving;

public sealed class OperationsTests
{
    private const string Request = """{"inputs":[{"name":"features","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""";

    /// <summary>Monitors ask for the head alone, and probes of HTTP/1.0 name no host.</summary>
    [Fact]
    public async Task Head_AndAProbeWithoutAHost_AreAnswered()
    {
        await using var served = await ServedRepository.Start();
        foreach (var address in new[] { "/", "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/tiny", "/v2/models/tiny/ready", "/metrics", "/openapi.json" })
        {
            using var answer = await served.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), TestContext.Current.CancellationToken);
            Assert.Equal((address, 200), (address, (int)answer.StatusCode));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(200, (await served.Raw("GET /v2/health/live HTTP/1.0\r\n\r\n")).Status);
    }

    /// <summary>Every GET is a HEAD too, which the document need not say.</summary>
    [Fact]
    public async Task OpenApi_Document_IsTheRoutes()
    {
        await using var served = await ServedRepository.Start();
        using var document = JsonDocument.Parse((await served.Get("/openapi.json")).Body);
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(member => member.Name != "parameters").Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        var routes = served.Server.Endpoints.OfType<RouteEndpoint>().SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != HttpMethod.Head.Method).Select(method => $"{method} {route.RoutePattern.RawText}"));
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        foreach (var reference in document.RootElement.GetRawText().Split("#/components/schemas/").Skip(1).Select(rest => rest[..rest.IndexOf('"')]))
            Assert.True(document.RootElement.GetProperty("components").GetProperty("schemas").TryGetProperty(reference, out _), reference);
    }

    [Fact]
    public async Task StatusPage_ForAPerson_EscapesWhatOthersSaid()
    {
        await using var served = await ServedRepository.Start(root =>
        {
            TinyBundle.Write(Path.Combine(root, "tiny", "1"));
            Directory.CreateDirectory(Path.Combine(root, "broken", "1"));
        });
        await served.Post("/v2/models/tiny/infer", Request);
        var bars = string.Join(',', Enumerable.Range(0, 30).Select(day => $$"""{"date":"{{new DateTime(2017, 1, 3).AddDays(day):yyyy-MM-dd}}","close":{{100 + day}} }"""));
        Assert.Equal(200, (await served.Post("/v1/models/tiny/signal", $$$"""{"bars":{"<script>alert(1)</script>":[{{{bars}}}]}}""")).Status);
        using var answer = await served.Client.GetAsync("/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("class=\"good\">ready", page, StringComparison.Ordinal);
        Assert.Contains("class=\"bad\">refused", page, StringComparison.Ordinal);
        Assert.Contains("…/broken/1 holds", page, StringComparison.Ordinal);
        Assert.DoesNotContain(served.Root, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overload_BeyondTheGate_Is429WithRetryAfter_AndRecovers()
    {
        await using var served = await ServedRepository.Start(change: settings => settings with { MaxConcurrent = 2 });
        using var slow = new TcpClient();
        using var slower = new TcpClient();
        foreach (var client in new[] { slow, slower })
        {
            await client.ConnectAsync(IPAddress.Loopback, served.Server.Address.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Request.Length}\r\n\r\n{Request[..10]}"));
        }

        for (var wait = 0; wait < 500 && !(await served.Get("/metrics")).Body.Contains("nv_inference_pending_request_count{model=\"tiny\",version=\"1\"} 2\n", StringComparison.Ordinal); wait++) await Task.Delay(10);
        using var refused = await served.Client.PostAsync("/v2/models/tiny/infer", new StringContent(Request));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("1", refused.Headers.RetryAfter!.ToString());
        Assert.StartsWith("{\"error\":", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await slow.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request[10..]));
        Assert.True(await slow.GetStream().ReadAsync(new byte[1000]) > 0);
        Assert.Equal(200, (await served.Post("/v2/models/tiny/infer", Request)).Status);
        Assert.Contains("reason=\"REJECTED\"} 1\n", (await served.Get("/metrics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithARequestInFlight_FinishesIt()
    {
        var served = await ServedRepository.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, served.Server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Request.Length}\r\n\r\n{Request[..10]}"));
        await Task.Delay(200);
        var stopping = served.Server.StopAsync();
        await Task.Delay(200);
        Assert.False(stopping.IsCompleted);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request[10..]));
        var answer = new byte[2000];
        var length = await client.GetStream().ReadAsync(answer);
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        await served.DisposeAsync();
    }

    [Fact]
    public async Task Traces_GoToTheCollector()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var served = await ServedRepository.Start(change: settings => settings with { OtlpEndpoint = $"http://{collector.LocalEndpoint}/v1/traces" });
        Assert.Equal(200, (await served.Post("/v2/models/tiny/infer", Request)).Status);
        var disposing = served.DisposeAsync(); // what is not sent yet is sent before the end
        using var connection = await collector.AcceptTcpClientAsync().WaitAsync(TimeSpan.FromSeconds(20));
        var received = new StringBuilder();
        var buffer = new byte[65536];
        for (var count = 1; count > 0 && !received.ToString().Contains("quantgrad", StringComparison.Ordinal);)
        {
            count = await connection.GetStream().ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            received.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        Assert.StartsWith("POST /v1/traces", received.ToString(), StringComparison.Ordinal);
        Assert.Contains("quantgrad", received.ToString(), StringComparison.Ordinal);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await disposing;
    }

    [Fact]
    public void LatencyHistogram_Quantiles_AreRightToAQuarter()
    {
        var histogram = new LatencyHistogram();
        Assert.True(double.IsNaN(histogram.Quantile(0.5)));
        for (var microseconds = 1; microseconds <= 10_000; microseconds++) histogram.Add(microseconds);
        Assert.InRange(histogram.Quantile(0.5), 5000, 6300);
        Assert.InRange(histogram.Quantile(0.99), 9900, 12_500);
        Assert.InRange(histogram.CountUpTo(1000), 800, 1000);
    }

    [Fact]
    public async Task Serve_Command_ServesUntilToldToStop()
    {
        using var folder = new TemporaryFolder();
        TinyBundle.Write(folder.At("models", "tiny", "1"));
        Directory.CreateDirectory(folder.At("models", "broken", "1"));
        using var process = Shell.Start(folder.Path, "serve", "--models", "models", "--port", "0", "--set", "log_requests=true");
        var line = await process.StandardOutput.ReadLineAsync();
        Assert.StartsWith("Serving ", line, StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(line!.Split(' ')[3]) };
        for (var wait = 0; wait < 300 && (await client.GetAsync("/v2/health/ready")).StatusCode != HttpStatusCode.OK; wait++) await Task.Delay(50);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync("/v2/models/tiny/infer", new StringContent(Request))).StatusCode);
        Assert.Contains(
            "…/broken/1 holds no manifest.json; models of others are served only with allow_foreign_models.", await client.GetStringAsync("/"), StringComparison.Ordinal);
        using (Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        var log = await process.StandardError.ReadToEndAsync();
        var requests = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(text => JsonDocument.Parse(text).RootElement).Where(entry => entry.TryGetProperty("request_id", out _)).ToArray();
        Assert.Contains(requests, entry => entry.GetProperty("path").GetString() == "/v2/models/tiny/infer" && entry.GetProperty("status").GetInt64() == 200);
    }

    [Theory]
    [InlineData("The server's setting models is 'nowhere'", "--models", "nowhere")]
    [InlineData("The server cannot listen at 192.0.2.1, port 8000: ", "--models", ".", "--address", "192.0.2.1", "--set", "allow_anonymous=true")]
    public void Serve_Command_ThatCannotBegin_EndsWithTwoAndOneSentence(string words, params string[] arguments)
    {
        var wrong = Shell.Run(["serve", .. arguments]);
        Assert.Equal((2, ""), (wrong.ExitCode, wrong.Output));
        Assert.StartsWith(words, wrong.Error, StringComparison.Ordinal);
        Assert.Equal(1, wrong.Error.Count(letter => letter == '\n'));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace QuantGrad.EndToEnd.Tests.Serving;

public sealed class OverloadTests
{
    private const int Capacity = 16;
    private static readonly string Request = $$$"""{"inputs":[{"name":"features","shape":[512,2],"datatype":"FP32","data":[{{{string.Join(',', Enumerable.Repeat("0.125", 1024))}}}]}]}""";

    [Fact]
    public Task FourTimesOverload_ForSeconds_Only200And429And503_AndRecovers() => Overload(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Long")]
    public Task FourTimesOverload_ForAMinute_Only200And429And503_AndRecovers() => Overload(TimeSpan.FromMinutes(1));

    [Fact]
    [Trait("Category", "Long")]
    public async Task Soak_TenMinutes_MemoryIsSteady()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("QUANTGRAD_SOAK") == "1", "ten minutes of load; set QUANTGRAD_SOAK=1 to run it");
        await using var served = await ServedRepository.Start();
        var watch = Stopwatch.StartNew();
        var settled = 0L;
        var statuses = new ConcurrentDictionary<int, int>();
        while (watch.Elapsed < TimeSpan.FromMinutes(10))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Client(served, TimeSpan.FromSeconds(10), statuses)));
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            if (settled == 0 && watch.Elapsed > TimeSpan.FromMinutes(1)) settled = Environment.WorkingSet;
        }

        Assert.Equal([200], statuses.Keys);
        Assert.True(Environment.WorkingSet <= settled * 1.05, $"{settled} bytes after a minute, {Environment.WorkingSet} after ten");
    }

    /// <summary>Four times as many clients as the server admits, each asking again at once.</summary>
    private static async Task Overload(TimeSpan time)
    {
        await using var served = await ServedRepository.Start(change: settings => settings with { MaxConcurrent = Capacity });
        var statuses = new ConcurrentDictionary<int, int>();
        await Task.WhenAll(Enumerable.Range(0, 4 * Capacity).Select(_ => Client(served, time, statuses)));
        Assert.Subset(new HashSet<int> { 200, 429, 503 }, statuses.Keys.ToHashSet());
        Assert.True(statuses[200] > 0);
        var recovery = Stopwatch.StartNew();
        while ((await served.Post("/v2/models/tiny/infer", Request)).Status != 200) Assert.True(recovery.Elapsed < TimeSpan.FromSeconds(2));
        Assert.Contains("nv_inference_pending_request_count{model=\"tiny\",version=\"1\"} 0\n", (await served.Get("/metrics")).Body, StringComparison.Ordinal);
    }

    private static async Task Client(ServedRepository served, TimeSpan time, ConcurrentDictionary<int, int> statuses)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time)
        {
            using var answer = await served.Client.PostAsync("/v2/models/tiny/infer", new StringContent(Request, Encoding.UTF8, "application/json"));
            statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
            var body = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.OK) Assert.Contains("\"shape\":[512,1]", body, StringComparison.Ordinal);
            else Assert.StartsWith("{\"error\":", body, StringComparison.Ordinal);
        }
    }
}

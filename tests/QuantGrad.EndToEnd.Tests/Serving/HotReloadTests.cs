using System.Globalization;
using System.Text.Json;
using QuantGrad.Tests.Exporting;

namespace QuantGrad.EndToEnd.Tests.Serving;

public sealed class HotReloadTests
{
    private const string Request = """{"inputs":[{"name":"features","shape":[1,2],"datatype":"FP32","data":[1,0]}]}""";

    [Fact]
    public Task Swaps_UnderLoad_EachAnswerIsWhollyOneVersions() => Swap(versions: 40);

    [Fact]
    [Trait("Category", "Long")]
    public Task TwoHundredSwaps_UnderLoad_EachAnswerIsWhollyOneVersions() => Swap(versions: 200);

    /// <summary>Version v answers tanh(v/1000): the answer's number tells which weights it came from. Old versions are removed as new ones come.</summary>
    private static async Task Swap(int versions)
    {
        await using var served = await ServedRepository.Start(root => Publish(root, 1), settings => settings with { ReloadSeconds = 0.01 });
        using var stop = new CancellationTokenSource();
        var answers = 0;
        var newest = 1L;
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var last = 0L;
            while (!stop.IsCancellationRequested)
            {
                var (status, body) = await served.Post("/v2/models/swap/infer", Request);
                Assert.True(status == 200, body);
                using var answer = JsonDocument.Parse(body);
                var version = long.Parse(answer.RootElement.GetProperty("model_version").GetString()!, CultureInfo.InvariantCulture);
                var position = answer.RootElement.GetProperty("outputs")[0].GetProperty("data")[0].GetDouble();
                Assert.Equal(Math.Tanh(version / 1000.0), position, 1e-6);
                Assert.True(version >= last, "an older version answered after a newer one");
                last = version;
                Interlocked.Increment(ref answers);
                InterlockedMax(ref newest, version);
            }
        })).ToArray();
        for (var version = 2; version <= versions; version++)
        {
            Publish(served.Root, version);
            await Until(() => served.Server.Repository.Served.Find("swap", null)!.Number == version);
            Directory.Move(served.VersionPath("swap", version - 1), served.VersionPath("swap", version - 1) + ".gone");
        }

        await Until(() => Volatile.Read(ref newest) == versions);
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.True(answers > versions, $"only {answers} answers");
        await Until(() => served.Server.Repository.Served.Ready.Count == 1);
    }

    [Fact]
    public async Task BadVersion_LeavesTheOldOneServing_AndIsListed()
    {
        await using var served = await ServedRepository.Start(root => Publish(root, 1));
        Publish(served.Root, 2, damage: true);
        await Until(() => served.Server.Repository.Served.All.Count == 2);
        Assert.Contains("\"model_version\":\"1\"", (await served.Post("/v2/models/swap/infer", Request)).Body, StringComparison.Ordinal);
        var (status, body) = await served.Post("/v2/models/swap/versions/2/infer", Request);
        Assert.Equal(503, status);
        Assert.Contains("the model 'swap' version '2' was refused when it was loaded", body, StringComparison.Ordinal);
        Assert.Contains("was changed", (await served.Post("/v2/repository/index", "{}")).Body, StringComparison.Ordinal);
        Assert.Contains("quantgrad_versions_refused 1\n", (await served.Get("/metrics")).Body, StringComparison.Ordinal);
        Publish(served.Root, 3);
        await Until(() => served.Server.Repository.Served.Find("swap", null)!.Number == 3);
        Directory.Delete(served.VersionPath("swap", 3), recursive: true); // rollback
        await Until(() => served.Server.Repository.Served.Find("swap", null)!.Number == 1);
        Assert.Equal(404, (await served.Post("/v2/models/swap/versions/3/infer", Request)).Status);
    }

    [Fact]
    public async Task DamagedInPlace_KeepsWhatWasLoaded()
    {
        await using var served = await ServedRepository.Start(root => Publish(root, 1));
        await File.AppendAllTextAsync(Path.Combine(served.VersionPath("swap", 1), "model.onnx"), "x");
        await Until(() => served.Server.Repository.Served.All[0].Reason.Length > 0);
        Assert.Equal(200, (await served.Post("/v2/models/swap/infer", Request)).Status);
    }

    private static void Publish(string root, int version, bool damage = false)
    {
        var beside = Path.Combine(root, "swap", $"{version}.new");
        TinyBundle.Write(beside, "swap", version, first: version / 1000f);
        if (damage) File.AppendAllText(Path.Combine(beside, "manifest.json"), " ");
        if (damage) File.AppendAllText(Path.Combine(beside, "model.onnx"), "x");
        Directory.Move(beside, Path.Combine(root, "swap", version.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task Until(Func<bool> holds)
    {
        for (var wait = 0; wait < 3000 && !holds(); wait++) await Task.Delay(10);
        Assert.True(holds());
    }

    private static void InterlockedMax(ref long target, long value)
    {
        var seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) != seen) seen = Volatile.Read(ref target);
    }
}

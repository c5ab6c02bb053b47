using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using QuantGrad.MarketData;
using QuantGrad.MarketData.Downloading;
using Reply = QuantGrad.Tests.MarketData.LoopbackVendor.Reply;

namespace QuantGrad.Tests.MarketData;

public sealed class PriceDownloadTests : IDisposable
{
    private const string Csv = "Date,Open,High,Low,Close,Volume\n2024-01-02,100,110,90,104,1000\n2024-01-03,104,108,100,106,900\n2024-01-04,106,109,105,107,800\n";
    private readonly PriceFolder _folder = new();
    private readonly JumpingTime _time = new(new DateTimeOffset(2025, 1, 10, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stooq_GoodAnswer_BecomesAFileThatLoads()
    {
        using var vendor = new LoopbackVendor((_, _, _) => Reply.Ok(Csv));
        var file = Assert.Single(await Fetch("stooq", vendor, "spy.us", key: "secret"));
        Assert.Equal("/q/d/l/?s=spy.us&d1=20240101&d2=20240131&i=d&apikey=secret", Assert.Single(vendor.Asked));
        Assert.Equal("spy.us.csv", Path.GetFileName(file));
        Assert.Equal([104, 106, 107], MarketDataLoader.Load([file]).Panel.Close[0]);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Fri, 10 Jan 2025 12:00:30 GMT", 30)]
    [InlineData("X-Nothing: 1", 1)]
    public async Task Fetch_TooManyRequests_WaitsAsLongAsItIsTold(string header, int seconds)
    {
        using var vendor = new LoopbackVendor((_, _, before) => before == 0 ? Reply.Fault(429, header) : Reply.Ok(Csv));
        await Fetch("stooq", vendor, "spy.us");
        Assert.Equal([TimeSpan.FromSeconds(seconds)], _time.Waits);
        Assert.Contains("HTTP 429", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(418, "Retry-After: 20", 1)]
    [InlineData(429, "Retry-After: 3600", 1)]
    [InlineData(500, "X-Nothing: 1", 4)]
    [InlineData(503, "X-Nothing: 1", 4)]
    public async Task Fetch_FaultThatStays_EndsWith75AndNoFile(int status, string header, int asked)
    {
        using var vendor = new LoopbackVendor((_, _, _) => Reply.Fault(status, header));
        var fault = await Assert.ThrowsAsync<QuantGradException>(() => Fetch("stooq", vendor, "spy.us", key: "secret"));
        Assert.Equal(75, fault.ExitCode);
        Assert.DoesNotContain("secret", fault.Message + string.Concat(_told), StringComparison.Ordinal);
        Assert.Equal(asked, vendor.Asked.Count);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task Fetch_BodyCutOff_IsFetchedAgain()
    {
        using var vendor = new LoopbackVendor((_, _, before) => before switch
        {
            0 => new Reply(200, Encoding.ASCII.GetBytes(Csv[..60])) { Length = Csv.Length },
            1 => new Reply(200, Encoding.ASCII.GetBytes(Csv[..^12])) { Length = null },
            2 => new Reply(200, []),
            _ => Reply.Ok(Csv),
        });
        Assert.Equal(3, MarketDataLoader.Load([.. await Fetch("stooq", vendor, "spy.us")]).Panel.Steps);
        Assert.Equal(3, _told.Count);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>consent</html>", 3, "web page")]
    [InlineData("No data", 3, "'No data'")]
    [InlineData("Exceeded the daily hits limit", 75, "tomorrow")]
    [InlineData("Date,Open,High,Low,Close,Volume\n2024-01-02,1,2,3,2.5,1\n", 3, "high 2 below the low 3")]
    public async Task Fetch_WordsInsteadOfPrices_AreToldFromPrices(string body, int exitCode, string expected)
    {
        using var vendor = new LoopbackVendor((_, _, _) => Reply.Ok(body));
        var fault = await Assert.ThrowsAnyAsync<QuantGradException>(() => Fetch("stooq", vendor, "spy.us"));
        Assert.Equal(exitCode, fault.ExitCode);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Single(vendor.Asked);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task Fetch_RedirectToAnotherHost_IsRefusedAndToTheSameFollowed()
    {
        using var other = new LoopbackVendor((_, _, _) => Reply.Ok(Csv));
        using var vendor = new LoopbackVendor((path, _, _) => path.StartsWith("/moved", StringComparison.Ordinal) ? Reply.Ok(Csv)
            : path.Contains("bad", StringComparison.Ordinal) ? Reply.Fault(302, $"Location: {other.Address}moved") : Reply.Fault(301, "Location: /moved"));
        Assert.Single(await Fetch("stooq", vendor, "good"));
        var fault = await Assert.ThrowsAsync<PriceDataException>(() => Fetch("stooq", vendor, "bad"));
        Assert.Contains("another host", fault.Message, StringComparison.Ordinal);
        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task Fetch_DripAndGzip_AreSurvived()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Encoding.ASCII.GetBytes(Csv));
        using var vendor = new LoopbackVendor((_, _, before) => before == 0 ? Reply.Ok(Csv) with { Drips = true } : new Reply(200, packed.ToArray(), "Content-Encoding: gzip"));
        Assert.Single(await Fetch("stooq", vendor, "spy.us", timeout: 0.5));
        Assert.Contains("no whole answer within 0.5 s", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yahoo_Chart_IsAdjustedWithoutNullRowsAndTheOpenSession()
    {
        // 14:30 UTC is 09:30 in New York; the last session ends after the clock's now.
        const string Chart = """
            {"chart":{"result":[{"meta":{"gmtoffset":-18000,"currentTradingPeriod":{"regular":{"start":1736519400,"end":1736542800}}},
            "timestamp":[1736260200,1736346600,1736433000,1736519400],"indicators":{
            "quote":[{"open":[100,null,104,1],"high":[110,null,108,1],"low":[90,null,100,1],"close":[104,null,106,1],"volume":[1000,null,900,1]}],
            "adjclose":[{"adjclose":[52,null,106,1]}]}}],"error":null}}
            """;
        using var vendor = new LoopbackVendor((_, _, before) => before == 0 ? new Reply(200, Encoding.UTF8.GetBytes(Chart[..200])) : Reply.Ok(Chart));
        var panel = MarketDataLoader.Load([.. await Fetch("yahoo", vendor, "^GSPC")]).Panel;
        Assert.StartsWith("/v8/finance/chart/%5EGSPC?period1=1704067200&period2=1706745600&interval=1d", vendor.Asked[0], StringComparison.Ordinal);
        Assert.Equal([new DateTime(2025, 1, 7), new DateTime(2025, 1, 9)], panel.Dates);
        Assert.Equal(new Bar(panel.Dates[0], 50, 55, 45, 52, 1000), panel.At(0, 0));
        Assert.Contains(_told, line => line.Contains("[live-row]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Yahoo_UnknownSymbol_SaysWhatYahooSays()
    {
        using var vendor = new LoopbackVendor((_, _, _) => Reply.Ok("""{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}"""));
        Assert.Contains("may be delisted", (await Assert.ThrowsAsync<PriceDataException>(() => Fetch("yahoo", vendor, "NOPE"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BinanceRest_ManyBars_ArePagedAndTheRunningOneLeftOut()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var begin = now - (1500 * 3_600_000L) + 1_800_000;
        using var vendor = new LoopbackVendor((path, _, _) =>
        {
            var start = long.Parse(System.Text.RegularExpressions.Regex.Match(path, "startTime=(\\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            var rows = Enumerable.Range(0, 1500).Select(i => begin + (i * 3_600_000L)).Where(open => open >= start).Take(1000);
            return Reply.Ok("[" + string.Join(',', rows.Select(open => FormattableString.Invariant($"[{open},\"1.0\",\"2.0\",\"0.5\",\"1.{open / 3_600_000 % 10}\",\"3\",{open + 3_599_999},\"0\",1,\"0\",\"0\",\"0\"]"))) + "]");
        });
        var request = new DownloadRequest("BTCUSDT", new DateOnly(2024, 1, 1), new DateOnly(2025, 1, 31), "1h");
        var files = await PriceDownload.RunAsync("binance-rest", vendor.Address, null, [request], _folder.Root, Options(5), _time, _told.Add, TestContext.Current.CancellationToken);
        var panel = MarketDataLoader.Load([.. files]).Panel;
        Assert.Equal((2, 1499), (vendor.Asked.Count, panel.Steps));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(begin + 3_600_000).UtcDateTime, panel.Dates[0]);
    }

    [Fact]
    public async Task BinanceArchive_MonthsWithChecksums_AreJoinedAndABrokenOneGoesOnWhereItStopped()
    {
        var months = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["2024-12"] = Month(1733011200, 31, 1000), ["2025-01"] = Month(1735689600, 9, 1_000_000) };
        string? range = null;
        using var vendor = new LoopbackVendor((path, headers, before) =>
        {
            var zip = months.FirstOrDefault(month => path.Contains($"BTCUSDT-1d-{month.Key}.zip", StringComparison.Ordinal)).Value;
            if (zip is null) return Reply.Fault(404);
            if (path.EndsWith(".CHECKSUM", StringComparison.Ordinal)) return Reply.Ok(Convert.ToHexStringLower(SHA256.HashData(zip)) + "  " + Path.GetFileNameWithoutExtension(path) + "\n");
            if (!path.Contains("2025-01", StringComparison.Ordinal)) return new Reply(200, zip);
            if (before == 0) return new Reply(200, zip[..100]) { Length = zip.Length };
            range = headers.GetValueOrDefault("Range");
            return new Reply(206, zip[100..], $"Content-Range: bytes 100-{zip.Length - 1}/{zip.Length}");
        });
        var request = new DownloadRequest("BTCUSDT", new DateOnly(2024, 11, 5), new DateOnly(2025, 1, 5), "1d");
        var files = await PriceDownload.RunAsync("binance", vendor.Address, null, [request], _folder.Root, Options(5), _time, _told.Add, TestContext.Current.CancellationToken);
        var panel = MarketDataLoader.Load([.. files]).Panel;
        Assert.Equal("bytes=100-", range);
        Assert.Equal((36, new DateTime(2024, 12, 1), new DateTime(2025, 1, 5)), (panel.Steps, panel.Dates[0], panel.Dates[^1]));
        Assert.Contains(_told, line => line.Contains("BTCUSDT-1d-2024-11: not in the archive", StringComparison.Ordinal));
        Assert.Equal([files[0]], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task BinanceArchive_HalfADownload_IsResumedByTheNextCall()
    {
        var zip = Month(1733011200, 31, 1000);
        var works = false;
        var ranges = new List<string?>();
        using var vendor = new LoopbackVendor((path, headers, _) =>
        {
            if (path.EndsWith(".CHECKSUM", StringComparison.Ordinal)) return Reply.Ok(Convert.ToHexStringLower(SHA256.HashData(zip)));
            ranges.Add(headers.GetValueOrDefault("Range"));
            if (!works) return ranges.Count == 1 ? new Reply(200, zip[..150]) { Length = zip.Length } : Reply.Fault(503);
            return new Reply(206, zip[150..], $"Content-Range: bytes 150-{zip.Length - 1}/{zip.Length}");
        });
        var request = new DownloadRequest("BTCUSDT", new DateOnly(2024, 12, 1), new DateOnly(2024, 12, 31), "1d");
        Task<IReadOnlyList<string>> Run() => PriceDownload.RunAsync("binance", vendor.Address, null, [request], _folder.Root, Options(5), _time, _told.Add, TestContext.Current.CancellationToken);
        Assert.Equal(75, (await Assert.ThrowsAsync<QuantGradException>(Run)).ExitCode);
        Assert.Equal(["BTCUSDT-1d-2024-12.zip.partial"], Directory.GetFiles(_folder.Root).Select(Path.GetFileName));
        works = true;
        var files = await Run();
        Assert.Equal("bytes=150-", ranges[^1]);
        Assert.Equal(31, MarketDataLoader.Load([.. files]).Panel.Steps);
        Assert.Equal(files, Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public async Task BinanceArchive_WrongChecksum_IsNeverWritten()
    {
        using var vendor = new LoopbackVendor((path, _, _) => path.EndsWith(".CHECKSUM", StringComparison.Ordinal) ? Reply.Ok(new string('0', 64)) : new Reply(200, Month(1733011200, 31, 1000)));
        var request = new DownloadRequest("BTCUSDT", new DateOnly(2024, 12, 1), new DateOnly(2024, 12, 31), "1d");
        var fault = await Assert.ThrowsAsync<QuantGradException>(() => PriceDownload.RunAsync("binance", vendor.Address, null, [request], _folder.Root, Options(5), _time, _told.Add, TestContext.Current.CancellationToken));
        Assert.Contains("SHA-256", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Root));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task Fetch_SymbolThatIsAPath_IsRefused(string symbol)
    {
        using var vendor = new LoopbackVendor((_, _, _) => Reply.Ok(Csv));
        await Assert.ThrowsAsync<UsageException>(() => Fetch("stooq", vendor, symbol));
        Assert.Empty(vendor.Asked);
    }

    private static DownloadOptions Options(double timeout) => new() { Attempts = 4, AttemptTimeout = TimeSpan.FromSeconds(timeout) };

    private static byte[] Month(long open, int days, long unit)
    {
        var rows = string.Concat(Enumerable.Range(0, days).Select(day => FormattableString.Invariant($"{(open + (day * 86400L)) * unit},1,2,0.5,{1.5 + (day / 100.0)},10,{((open + (day * 86400L) + 86400) * unit) - 1},1,1,1,1,0\n")));
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("month.csv").Open())
            entry.Write(Encoding.ASCII.GetBytes(rows));
        return memory.ToArray();
    }

    private Task<IReadOnlyList<string>> Fetch(string source, LoopbackVendor vendor, string symbol, string? key = null, double timeout = 20) =>
        PriceDownload.RunAsync(source, vendor.Address, key, [new DownloadRequest(symbol, new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 31), "1d")], _folder.Root, Options(timeout), _time, _told.Add, TestContext.Current.CancellationToken);
}

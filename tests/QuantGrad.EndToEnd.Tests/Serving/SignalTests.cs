using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using QuantGrad.Exporting;
using QuantGrad.Tests.Exporting;

namespace QuantGrad.EndToEnd.Tests.Serving;

public sealed class SignalTests
{
    private const string Signal = "/v1/models/tiny/signal";
    private static readonly DateTime Start = new(2017, 1, 3, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A price that grows by <paramref name="growth"/> a day: ret(5) and ret(21) are known exactly.</summary>
    private static string Csv(int days, double growth, string symbol = "AAA") => "date,symbol,close\n" + string.Concat(Enumerable.Range(0, days).Select(day =>
        string.Create(CultureInfo.InvariantCulture, $"{Start.AddDays(day):yyyy-MM-dd},{symbol},{100 * Math.Pow(1 + growth, day):R}\n")));

    [Fact]
    public async Task Signal_Csv_AgreesWithPlainArithmetic_AndWarns()
    {
        await using var served = await ServedRepository.Start();
        using var json = await Csv(served, Signal, Csv(30, 0.01) + Csv(30, 0.001, "NEW")["date,symbol,close\n".Length..], 200);
        Assert.Equal("2017-02-01", json.RootElement.GetProperty("date").GetString());
        var rows = json.RootElement.GetProperty("positions").EnumerateArray().ToArray();
        var signal = Math.Tanh((3 * (Math.Pow(1.01, 5) - 1)) - (2 * (Math.Pow(1.01, 21) - 1)));
        Assert.Equal(signal, rows[0].GetProperty("signal").GetDouble(), 6);
        Assert.Equal(signal / 2, rows[0].GetProperty("weight").GetDouble(), 6);
        Assert.Equal(30, rows[0].GetProperty("bars").GetInt32());
        Assert.Equal(["stale_bar", "missing_symbol", "unknown_symbol NEW"], Warnings(json));
    }

    /// <summary>A symbol alone has all of the equity: whoever asks symbol by symbol must be told. And bars that are put right are not put right in silence.</summary>
    [Fact]
    public async Task Signal_SymbolsMissingOrBarsRepaired_IsWarnedOf()
    {
        await using var served = await ServedRepository.Start();
        var both = Csv(30, 0.01) + Csv(30, 0.001, "BBB")["date,symbol,close\n".Length..];
        using (var json = await Csv(served, Signal, both, 200)) Assert.Equal(["stale_bar"], Warnings(json));
        using (var json = await Csv(served, Signal, Csv(30, 0.01), 200))
        {
            Assert.Equal(["stale_bar", "missing_symbol"], Warnings(json));
            Assert.Contains("1 of the 2 symbols that the model was trained on are not in the prices (BBB)", json.RootElement.GetProperty("warnings")[1].GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        var repeated = both + both.Split('\n')[30] + "\n";
        using (var json = await Csv(served, Signal, repeated, 200))
        {
            Assert.Contains("defect AAA", Warnings(json));
            Assert.Contains(json.RootElement.GetProperty("warnings").EnumerateArray(), warning => warning.GetProperty("message").GetString()!.Contains("twice", StringComparison.Ordinal));
        }

        using (var json = await Csv(served, "/v1/models/tiny/streams/live/bars", repeated, 200)) Assert.Contains("defect AAA", Warnings(json));
    }

    [Fact]
    public async Task Signal_ShortStaleSeenExpiredDrifting_IsWarnedOf()
    {
        await using var served = await ServedRepository.Start();
        using (var json = await Csv(served, Signal, Csv(10, 0.01), 200))
        {
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("positions")[0].GetProperty("signal").ValueKind);
            Assert.Contains("history_short AAA", Warnings(json));
        }

        using (var json = await Csv(served, Signal, Csv(30, 0.05), 200)) Assert.Contains("drift AAA", Warnings(json));
        using (var json = await Csv(served, Signal, Csv(500, 0.001), 200)) Assert.Contains("expired", Warnings(json));
        using (var json = await Csv(served, Signal, Csv(30, 0.01).Replace("2017-", "2016-", StringComparison.Ordinal), 200)) Assert.Contains("seen", Warnings(json));
        using (var json = await Csv(served, Signal, Csv(30, 0.01) + "2017-02-05,BBB,1\n", 200)) Assert.Contains("stale_bar AAA", Warnings(json));
    }

    [Fact]
    public async Task Signal_CsvWithoutSymbols_IsOfTheModelsOnlyOne_OrRefused()
    {
        await using var served = await ServedRepository.Start(root =>
        {
            TinyBundle.Write(Path.Combine(root, "tiny", "1"));
            var manifest = TinyBundle.Manifest("single");
            BundleWriter.Write(Path.Combine(root, "single", "1"), manifest with { Market = manifest.Market with { Symbols = ["AAA"] } }, TinyBundle.Model());
        });
        var csv = Csv(30, 0.01).Replace(",AAA", "", StringComparison.Ordinal).Replace(",symbol", "", StringComparison.Ordinal);
        using (var single = await Csv(served, "/v1/models/single/signal", csv, 200))
        {
            Assert.Equal("AAA", single.RootElement.GetProperty("positions")[0].GetProperty("symbol").GetString());
            Assert.Equal(["stale_bar"], Warnings(single));
        }

        using (var several = await Csv(served, Signal, csv, 400))
            Assert.Equal("bars: no column names the symbol, and the model has 2 of them; expected a header such as date,symbol,close.", several.RootElement.GetProperty("error").GetString());
        (await Csv(served, "/v1/models/tiny/streams/live/bars", csv, 400)).Dispose();
    }

    [Theory]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03","close":0}]}}""", "2017-01-03")]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03","close":-1}]}}""", "2017-01-03")]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03","close":1e999}]}}""", "finite")]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03"}]}}""", "needs date and close")]
    [InlineData("""{"bars":{"A":[{"date":"03.01.2017","close":1}]}}""", "expected 2024-03-28")]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03","close":1,"close":2}]}}""", "stands twice")]
    [InlineData("""{"bars":{"A":[],"A":[]}}""", "stands twice")]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03","close":1,"prize":2}]}}""", "unknown key 'prize'")]
    [InlineData("""{"bars":{"":[]}}""", "a symbol has")]
    [InlineData("""{"bars":{}}""", "no bars")]
    [InlineData("""{"bars":{"A":[{"date":"2017-01-03","close":1},{"date":"2017-01-03","close":2}]}}""", "2017-01-03")]
    [InlineData("{}", "no bars")]
    [InlineData("", "not valid JSON")]
    public async Task Signal_BadBars_AreRefusedWithTheirPlace(string body, string words)
    {
        await using var served = await ServedRepository.Start();
        var (status, answer) = await served.Post(Signal, body);
        Assert.Equal(400, status);
        Assert.Contains(words, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_Appended_EqualsTheBatch()
    {
        await using var served = await ServedRepository.Start();
        const string stream = "/v1/models/tiny/streams/live";
        var lines = Csv(60, 0.003).Split('\n');
        for (var day = 1; day <= 60; day++)
        {
            using var streamed = await Csv(served, stream + "/bars", lines[0] + "\n" + lines[day] + "\n", 200);
            if (day % 10 != 0) continue;
            using var batch = await Csv(served, Signal, string.Join('\n', lines[..(day + 1)]) + "\n", 200);
            Assert.Equal(batch.RootElement.GetProperty("positions").GetRawText(), streamed.RootElement.GetProperty("positions").GetRawText());
        }

        Assert.Equal((200, """{"stream":"live","model_name":"tiny","model_version":"1","date":"2017-03-03","bars":{"AAA":60}}"""), await served.Get(stream));
        (await Csv(served, stream + "/bars", Csv(1, 0), 409)).Dispose();
        (await Csv(served, stream + "/bars", "date,symbol,close\n2017-12-01,ZZZ,1\n", 400)).Dispose();
        (await Csv(served, "/v1/models/tiny/streams/a%20b/bars", Csv(1, 0), 400)).Dispose();
        using var ended = await served.Client.DeleteAsync(stream);
        Assert.Equal(200, (int)ended.StatusCode);
        Assert.Equal(404, (await served.Get(stream)).Status);
    }

    [Fact]
    public async Task Stream_BarThatIsNotLater_IsRefusedWithItsSymbol()
    {
        await using var served = await ServedRepository.Start();
        const string bars = "/v1/models/tiny/streams/pair/bars";
        (await Csv(served, bars, "date,symbol,close\n2017-03-03,AAA,1\n2017-03-03,BBB,1\n", 200)).Dispose();
        using var refused = await Csv(served, bars, "date,symbol,close\n2017-03-06,AAA,1\n2017-03-03,BBB,1\n2017-03-06,BBB,1\n", 409);
        Assert.Equal("the stream stands at 2017-03-03; found a bar of 'BBB' for 2017-03-03, expected later ones", refused.RootElement.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Stream_TooMany_IsRefused_AndAVersionThatIsGone_IsSaid()
    {
        await using var served = await ServedRepository.Start(change: settings => settings with { MaxStreams = 1 });
        (await Csv(served, "/v1/models/tiny/streams/a/bars", Csv(3, 0), 200)).Dispose();
        (await Csv(served, "/v1/models/tiny/streams/b/bars", Csv(3, 0), 429)).Dispose();
        TinyBundle.Write(served.VersionPath("tiny", 2), version: 2);
        Directory.Delete(served.VersionPath("tiny", 1), recursive: true);
        for (var wait = 0; wait < 1000 && served.Server.Repository.Served.Find("tiny", "1") is not null; wait++) await Task.Delay(10);
        (await Csv(served, "/v1/models/tiny/streams/a/bars", "date,symbol,close\n2017-06-01,AAA,1\n", 410)).Dispose();
        (await Csv(served, "/v1/models/tiny/streams/a/bars", Csv(3, 0), 200)).Dispose();
    }

    private static IEnumerable<string> Warnings(JsonDocument json) => json.RootElement.GetProperty("warnings").EnumerateArray()
        .Select(warning => warning.TryGetProperty("symbol", out var symbol) ? $"{warning.GetProperty("code")} {symbol}" : warning.GetProperty("code").GetString()!).Distinct();

    private static async Task<JsonDocument> Csv(ServedRepository served, string path, string csv, int status)
    {
        using var content = new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        using var answer = await served.Client.PostAsync(path, content);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {body}");
        return JsonDocument.Parse(body);
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>Requests that mean harm or make no sense: each gets its exact status and one JSON error, and the server lives.</summary>
public sealed class HostileRequestTests
{
    private const string Infer = "/v2/models/tiny/infer";

    /// <summary>Name, body, status, words of the error.</summary>
    private static readonly (string Case, string Body, int Status, string Words)[] Bodies =
    [
        ("empty", "", 400, "not valid JSON"),
        ("not JSON", "hello", 400, "not valid JSON"),
        ("an array", "[]", 400, "must be an object"),
        ("null", "null", 400, "must be an object"),
        ("cut off", """{"inputs":[{"name":"features",""", 400, "not valid JSON"),
        ("two documents", Good + Good, 400, "not valid JSON"),
        ("a comment", "/* x */" + Good, 400, "not valid JSON"),
        ("trailing comma", """{"inputs":[],}""", 400, "not valid JSON"),
        ("invalid UTF-8", "{\"id\":\"\u00ff\u00fe\",\"inputs\":[]}", 400, "valid"),
        ("lone surrogate", """{"id":"\ud800","inputs":[]}""", 400, "valid"),
        ("no inputs", "{}", 400, "no inputs"),
        ("empty inputs", """{"inputs":[]}""", 400, "'features' is missing"),
        ("inputs an object", """{"inputs":{}}""", 400, "inputs must be an array"),
        ("input a number", """{"inputs":[1]}""", 400, "an input must be an object"),
        ("unknown key", """{"imputs":[]}""", 400, "unknown key 'imputs'"),
        ("unknown input", Input("\"name\":\"feature\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]"), 400, "no input 'feature'"),
        ("no name", Input("\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]"), 400, "needs name, shape and datatype"),
        ("no shape", Input("\"name\":\"features\",\"datatype\":\"FP32\",\"data\":[1,2]"), 400, "needs name, shape and datatype"),
        ("no datatype", Input("\"name\":\"features\",\"shape\":[1,2],\"data\":[1,2]"), 400, "needs name, shape and datatype"),
        ("no data", Input("\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\""), 400, "no data"),
        ("wrong type", Tensor("[1,2]", "[1,2]", "FP64"), 400, "FP32"),
        ("unknown type", Tensor("[1,2]", "[1,2]", "BYTES"), 400, "found 'BYTES'"),
        ("wrong rank", Tensor("[2]", "[1,2]"), 400, "does not fit"),
        ("wrong width", Tensor("[1,3]", "[1,2,3]"), 400, "does not fit"),
        ("zero rows", Tensor("[0,2]", "[]"), 400, "dimensions start at 1"),
        ("negative rows", Tensor("[-1,2]", "[1,2]"), 400, "dimensions start at 1"),
        ("shape overflows", Tensor("[4611686018427387904,4]", "[1]"), 400, "cannot be"),
        ("shape wraps to 2", Tensor("[9223372036854775809,2]", "[1,2]"), 400, "whole numbers of 64 bits"),
        ("shape a fraction", Tensor("[1.5,2]", "[1,2]"), 400, "whole numbers"),
        ("shape beyond the body", Tensor("[60000,2]", "[1,2]"), 400, "more than the body"),
        ("too many rows", Tensor("[70000,2]", "[1,2]"), 400, "at most 65536"),
        ("too many dimensions", Tensor("[1,1,1,1,1,1,1,1,1]", "[1]"), 400, "at most 8"),
        ("too few values", Tensor("[2,2]", "[1,2,3]"), 400, "holds 3 values"),
        ("too many values", Tensor("[1,2]", "[1,2,3]"), 400, "more values"),
        ("ragged", Tensor("[2,2]", "[[1,2,3],[4]]"), 400, "nested unlike"),
        ("too deep", Tensor("[1,2]", "[[[1,2]]]"), 400, "deeper"),
        ("mixed", Tensor("[1,2]", "[1,[2]]"), 400, "mixes"),
        ("text as number", Tensor("[1,2]", "[1,\"2\"]"), 400, "found \"2\""),
        ("null as number", Tensor("[1,2]", "[1,null]"), 400, "found null"),
        ("NaN", Tensor("[1,2]", "[1,NaN]"), 400, "found NaN"),
        ("quoted NaN", Tensor("[1,2]", "[1,\"NaN\"]"), 400, "finite numbers"),
        ("1e999", Tensor("[1,2]", "[1,1e999]"), 400, "found 1e999"),
        ("beyond FP32", Tensor("[1,2]", "[1,-1e39]"), 400, "found -1e39"),
        ("depth 1,000", Tensor("[1,2]", new string('[', 1000) + new string(']', 1000)), 400, "nested deeper"),
        ("depth 1,000 elsewhere", "{\"parameters\":" + string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1001), 400, "a parameter must be"),
        ("depth 1,000 skipped", Input("\"data\":" + new string('[', 1000) + new string(']', 1000)), 400, "not valid JSON"),
        ("duplicate inputs", """{"inputs":[],"inputs":[]}""", 400, "'inputs' stands twice"),
        ("duplicate data", Input("\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2],\"data\":[3,4]"), 400, "'data' stands twice"),
        ("duplicate escaped key", Input("\"name\":\"features\",\"n\\u0061me\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]"), 400, "'name' stands twice"),
        ("same input twice", """{"inputs":[{"name":"features","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"features","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""", 400, "stands twice"),
        ("duplicate parameter", """{"parameters":{"a":1,"a":2},"inputs":[]}""", 400, "stands twice"),
        ("parameter an object", """{"parameters":{"a":{}},"inputs":[]}""", 400, "a parameter must be"),
        ("id a number", """{"id":7,"inputs":[]}""", 400, "id must be text"),
        ("id too long", $$"""{"id":"{{new string('x', 300)}}","inputs":[]}""", 400, "256"),
        ("unknown output", Good[..^1] + ",\"outputs\":[{\"name\":\"weights\"}]}", 400, "no output 'weights'"),
        ("output twice", Good[..^1] + ",\"outputs\":[{\"name\":\"position\"},{\"name\":\"position\"}]}", 400, "wanted twice"),
        ("bytes without any", Input("\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":8}"), 400, "0 bytes are left"),
        ("bytes and data", Input("\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2],\"parameters\":{\"binary_data_size\":8}"), 400, "both"),
        ("negative bytes", Input("\"name\":\"features\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":-8}"), 400, "no data"),
    ];

    private const string Good = """{"inputs":[{"name":"features","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""";

    [Fact]
    public async Task HostileBodies_GetTheirStatusAndWords()
    {
        await using var served = await ServedRepository.Start();
        var faults = new List<string>();
        foreach (var (name, body, status, words) in Bodies)
        {
            var (found, headers, answer) = await served.Raw($"POST {Infer} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n" + body);
            faults.AddRange(Faults(status, words, found, headers, answer, served.Root).Select(fault => $"{name}: {fault}; {found} {answer}"));
        }

        Assert.Empty(faults);

        Assert.Equal(200, (await served.Post(Infer, Good)).Status);
    }

    [Fact]
    public async Task HostileRequests_GetTheirStatus()
    {
        await using var served = await ServedRepository.Start(change: settings => settings with { MaxBodyMb = 0.01, BodyTimeoutSeconds = 0.3 });
        var faults = new List<string>();
        foreach (var (name, request, status, words) in Requests())
        {
            var (found, headers, answer) = await served.Raw(request);
            faults.AddRange(Faults(status, words, found, headers, answer, served.Root).Select(fault => $"{name}: {fault}; {found} {answer}"));
        }

        Assert.Empty(faults);

        Assert.Equal(200, (await served.Post(Infer, Good)).Status);
    }

    /// <summary>What is no HTTP never reaches the program: Kestrel answers 400 without a body and closes.</summary>
    [Theory]
    [InlineData("POST /v2/models/tiny%00/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /v2 HTTP/1.1\r\n\r\n")]
    [InlineData("GET /v2 HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n")]
    public async Task NoHttp_GetsABare400(string request)
    {
        await using var served = await ServedRepository.Start();
        Assert.Equal(400, (await served.Raw(request)).Status);
        Assert.Equal(200, (await served.Post(Infer, Good)).Status);
    }

    private static IEnumerable<(string Case, string Request, int Status, string Words)> Requests()
    {
        const string host = "Host: localhost\r\n";
        var gzip = new MemoryStream();
        using (var packer = new GZipStream(gzip, CompressionLevel.SmallestSize, leaveOpen: true)) packer.Write(new byte[1 << 20]);
        string Post(string path, string body, string headers = "") => $"POST {path} HTTP/1.1\r\n{host}{headers}Content-Length: {body.Length}\r\n\r\n{body}";
        yield return ("wrong method", $"GET {Infer} HTTP/1.1\r\n{host}\r\n", 405, "method");
        yield return ("unknown method", $"BREW {Infer} HTTP/1.1\r\n{host}\r\n", 405, "method");
        yield return ("unknown address", $"GET /v3/models HTTP/1.1\r\n{host}\r\n", 404, "nothing");
        yield return ("unknown model", Post("/v2/models/other/infer", Good), 404, "unknown model 'other'");
        yield return ("traversal", Post("/v2/models/../../etc/passwd/infer", Good), 404, "nothing");
        yield return ("encoded traversal", Post("/v2/models/..%2f..%2fetc/infer", Good), 404, "unknown model");
        yield return ("encoded dots", Post("/v2/models/%2e%2e/infer", Good), 404, "nothing");
        yield return ("script in name", Post("/v2/models/%3Cscript%3E/infer", Good), 404, "unknown model");
        yield return ("version 01", Post("/v2/models/tiny/versions/01/infer", Good), 404, "version '01'");
        yield return ("version 2^63", Post("/v2/models/tiny/versions/9223372036854775808/infer", Good), 404, "version '9223372036854775808'");
        yield return ("version -1", Post("/v2/models/tiny/versions/-1/infer", Good), 404, "version '-1'");
        yield return ("version 2", Post("/v2/models/tiny/versions/2/infer", Good), 404, "version '2'");
        yield return ("huge body announced", $"POST {Infer} HTTP/1.1\r\n{host}Content-Length: 99999999999\r\n\r\n", 413, "larger than 0.01 MiB");
        yield return ("huge body sent in chunks", $"POST {Infer} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("1000\r\n" + new string(' ', 4096) + "\r\n", 10)), 413, "large");
        yield return ("slow body", $"POST {Infer} HTTP/1.1\r\n{host}Content-Length: 80\r\n\r\n{{\"inp", 408, "longer than 0.3 seconds");
        yield return ("bad chunk", $"POST {Infer} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "not valid");
        yield return ("chunk of more bytes than a number holds", $"POST {Infer} HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", 400, "not valid");
        yield return ("huge header", $"GET /v2 HTTP/1.1\r\n{host}X-Long: {new string('x', 20_000)}\r\n\r\n", 431, "larger than 16 KiB");
        yield return ("many headers", $"GET /v2 HTTP/1.1\r\n{host}{string.Concat(Enumerable.Range(0, 90).Select(n => $"X-{n}: {new string('y', 300)}\r\n"))}\r\n", 431, "larger than 16 KiB");
        yield return ("long address", $"GET /v2/{new string('a', 9000)} HTTP/1.1\r\n{host}\r\n", 414, "longer than 8192");
        yield return ("gzip bomb", $"POST {Infer} HTTP/1.1\r\n{host}Content-Encoding: gzip\r\nContent-Length: {gzip.Length}\r\n\r\n" + Encoding.Latin1.GetString(gzip.ToArray()), 415, "compressed");
        yield return ("other host", $"GET /v2 HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421, "host");
        yield return ("other site", $"GET /v2 HTTP/1.1\r\n{host}Sec-Fetch-Site: cross-site\r\n\r\n", 403, "other web sites");
        yield return ("header length a word", Post(Infer, Good, "Inference-Header-Content-Length: many\r\n"), 400, "must be one number");
        yield return ("header length negative", Post(Infer, Good, "Inference-Header-Content-Length: -1\r\n"), 400, "must be one number");
        yield return ("header length beyond the body", Post(Infer, Good, "Inference-Header-Content-Length: 1000\r\n"), 400, "must be one number");
        yield return ("header length twice", Post(Infer, Good, "Inference-Header-Content-Length: 10\r\nInference-Header-Content-Length: 10\r\n"), 400, "must be one number");
        yield return ("header length cuts the JSON", Post(Infer, Good, "Inference-Header-Content-Length: 20\r\n"), 400, "not valid JSON");
        yield return ("bytes left over", Post(Infer, Good + "xxxx", $"Inference-Header-Content-Length: {Good.Length}\r\n"), 400, "4 bytes more");
        yield return ("raw body not whole rows", Post(Infer, "1234567890", "Inference-Header-Content-Length: 0\r\n"), 400, "10 bytes");
        yield return ("raw body empty", Post(Infer, "", "Inference-Header-Content-Length: 0\r\n"), 400, "dimensions start at 1");
        yield return ("raw NaN", Post(Infer, "\0\0\u00c0\u007f\0\0\0\0", "Inference-Header-Content-Length: 0\r\n"), 400, "not finite");
    }

    private static IEnumerable<string> Faults(int status, string words, int found, string headers, string answer, string root)
    {
        if (found != status) yield return $"expected {status}";
        if (!headers.Contains("application/json", StringComparison.Ordinal)) yield return "is not JSON by its header";
        if (Error(answer) is not { } error) yield return "is not {\"error\": …}";
        else if (!error.Contains(words, StringComparison.Ordinal)) yield return $"does not say '{words}'";
        if (answer.Contains(root, StringComparison.Ordinal) || answer.Contains("   at ", StringComparison.Ordinal)) yield return "tells a path or a trace";
    }

    private static string? Error(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.EnumerateObject().ToArray() is [{ Name: "error" } only] ? only.Value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Input(string members) => $$"""{"inputs":[{{{members}}}]}""";

    private static string Tensor(string shape, string data, string type = "FP32") => Input($"\"name\":\"features\",\"shape\":{shape},\"datatype\":\"{type}\",\"data\":{data}");
}

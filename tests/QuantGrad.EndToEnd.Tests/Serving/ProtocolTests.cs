using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using QuantGrad.Exporting;
using QuantGrad.Inference;
using QuantGrad.Tests.Exporting;
using QuantGrad.Tests.Inference;

namespace QuantGrad.EndToEnd.Tests.Serving;

/// <summary>The Open Inference Protocol V2, with requests as foreign clients send them.</summary>
public sealed class ProtocolTests
{
    private const string Infer = "/v2/models/tiny/infer";

    [Fact]
    public async Task Metadata_TellsServerModelAndIndex()
    {
        await using var served = await ServedRepository.Start(root =>
        {
            TinyBundle.Write(Path.Combine(root, "tiny", "1"));
            TinyBundle.Write(Path.Combine(root, "tiny", "12"), version: 12);
            Directory.CreateDirectory(Path.Combine(root, "tiny", "01"));
            Directory.CreateDirectory(Path.Combine(root, "tiny", "13.partial"));
            Directory.CreateDirectory(Path.Combine(root, "broken", "2"));
        });
        Assert.Equal((200, """{"live":true}"""), await served.Get("/v2/health/live"));
        Assert.Equal((200, """{"ready":true}"""), await served.Get("/v2/health/ready"));
        var (status, server) = await served.Get("/v2");
        Assert.Equal(200, status);
        Assert.Contains("\"binary_tensor_data\"", server, StringComparison.Ordinal);
        using var model = JsonDocument.Parse((await served.Get("/v2/models/tiny")).Body);
        Assert.Equal("""["1","12"]""", model.RootElement.GetProperty("versions").GetRawText());
        Assert.Equal("onnx_onnxv1", model.RootElement.GetProperty("platform").GetString());
        Assert.Equal("""[{"name":"features","datatype":"FP32","shape":[-1,2]}]""", model.RootElement.GetProperty("inputs").GetRawText());
        Assert.Equal("""[{"name":"position","datatype":"FP32","shape":[-1,1]}]""", model.RootElement.GetProperty("outputs").GetRawText());
        Assert.Equal("12", model.RootElement.GetProperty("properties").GetProperty("model_version").GetString());
        Assert.Equal(200, (await served.Get("/v2/models/tiny/versions/1/ready")).Status);
        Assert.Equal(404, (await served.Get("/v2/models/tiny/versions/01/ready")).Status);
        using var index = JsonDocument.Parse((await served.Post("/v2/repository/index", "{}")).Body);
        Assert.Equal(["broken 2 UNAVAILABLE", "tiny 1 READY", "tiny 12 READY"], index.RootElement.EnumerateArray().Select(entry =>
            $"{entry.GetProperty("name")} {entry.GetProperty("version")} {entry.GetProperty("state")}"));
        Assert.Contains("manifest.json", index.RootElement[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(served.Root, index.RootElement[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"inputs":[{"name":"features","shape":[2,2],"datatype":"FP32","data":[0.1,0.2,0.3,-0.4]}]}""")]
    [InlineData("""{"inputs":[{"name":"features","shape":[2,2],"datatype":"FP32","data":[[0.1,0.2],[0.3,-0.4]]}]}""")]
    [InlineData("""{"inputs":[{"data":[[0.1,0.2],[0.3,-0.4]],"datatype":"FP32","shape":[2,2],"name":"features"}],"parameters":{"timeout":5,"custom":"x"}}""")]
    [InlineData(""" { "outputs" : [ { "name" : "position" } ] , "inputs" : [ { "name" : "f\u0065atures" , "shape" : [ 2 , 2 ] , "datatype" : "FP32" , "data" : [ 1e-1 , 2E-1 , 0.3 , -0.4 ] } ] } """)]
    public async Task Infer_Json_AgreesWithPlainArithmetic(string request)
    {
        await using var served = await ServedRepository.Start();
        var (status, body) = await served.Post(Infer, request);
        Assert.Equal(200, status);
        using var answer = JsonDocument.Parse(body);
        Assert.Equal("tiny", answer.RootElement.GetProperty("model_name").GetString());
        Assert.Equal("1", answer.RootElement.GetProperty("model_version").GetString());
        Assert.False(answer.RootElement.TryGetProperty("id", out _));
        var output = answer.RootElement.GetProperty("outputs")[0];
        Assert.Equal("[2,1]", output.GetProperty("shape").GetRawText());
        var data = output.GetProperty("data").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(Math.Tanh((0.1 * 3) - (0.2 * 2)), data[0], 6);
        Assert.Equal(Math.Tanh((0.3 * 3) + (0.4 * 2)), data[1], 6);
    }

    [Fact]
    public async Task Infer_Id_IsEchoedAsText()
    {
        await using var served = await ServedRepository.Start();
        var (_, body) = await served.Post(Infer, """{"id":"é\"\n\u0041","inputs":[{"name":"features","shape":[1,2],"datatype":"FP32","data":[0,0]}]}""");
        using var answer = JsonDocument.Parse(body);
        Assert.Equal("é\"\nA", answer.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Infer_Binary_InAndOut_AgreesWithJson()
    {
        await using var served = await ServedRepository.Start();
        float[] rows = [0.1f, 0.2f, 0.3f, -0.4f];
        var json = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"features","shape":[2,2],"datatype":"FP32","parameters":{"binary_data_size":16}}],"outputs":[{"name":"position","parameters":{"binary_data":true}}]}""");
        using var content = new ByteArrayContent([.. json, .. MemoryMarshal.AsBytes(rows.AsSpan())]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Inference-Header-Content-Length", FormattableString.Invariant($"{json.Length}"));
        using var answer = await served.Client.PostAsync(Infer, content);
        Assert.Equal(200, (int)answer.StatusCode);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var header = int.Parse(Assert.Single(answer.Headers.GetValues("Inference-Header-Content-Length")), System.Globalization.CultureInfo.InvariantCulture);
        using var head = JsonDocument.Parse(bytes.AsMemory(0, header));
        Assert.Equal(8, head.RootElement.GetProperty("outputs")[0].GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(header)).ToArray();
        Assert.Equal([MathF.Tanh((0.1f * 3) - (0.2f * 2)), MathF.Tanh((0.3f * 3) + (0.4f * 2))], values, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public async Task Infer_RawBody_IsTheOneTensor()
    {
        await using var served = await ServedRepository.Start();
        float[] rows = [0.1f, 0.2f, 0.3f, -0.4f, 0, 0];
        using var content = new ByteArrayContent(MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
        content.Headers.Add("Inference-Header-Content-Length", "0");
        using var answer = await served.Client.PostAsync(Infer, content);
        Assert.Equal(200, (int)answer.StatusCode);
        var header = int.Parse(Assert.Single(answer.Headers.GetValues("Inference-Header-Content-Length")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(12, (await answer.Content.ReadAsByteArrayAsync()).Length - header);
    }

    [Fact]
    public async Task Infer_ForeignModel_ServesSeveralTypedTensors()
    {
        await using var served = await ServedRepository.Start(
            root =>
            {
                Directory.CreateDirectory(Path.Combine(root, "foreign", "3"));
                File.WriteAllBytes(Path.Combine(root, "foreign", "3", "model.onnx"), new TinyOnnx()
                    .Input("d", OnnxElementType.Double, "n").Input("i", OnnxElementType.Int64, "n", 2).Output("dd", OnnxElementType.Double, "n").Output("ii", OnnxElementType.Int64, "n", 2)
                    .Node("Add", ["d", "d"], "dd").Node("Add", ["i", "i"], "ii").Build());
            },
            settings => settings with { AllowForeignModels = true });
        var (status, body) = await served.Post(
            "/v2/models/foreign/infer",
            """{"inputs":[{"name":"i","shape":[2,2],"datatype":"INT64","data":[1,-2,4611686018427387903,0]},{"name":"d","shape":[2],"datatype":"FP64","data":[0.1,1e300]}],"outputs":[{"name":"ii"},{"name":"dd"}]}""");
        Assert.Equal(200, status);
        Assert.Contains("""[{"name":"ii","shape":[2,2],"datatype":"INT64","data":[2,-4,9223372036854775806,0]},{"name":"dd","shape":[2],"datatype":"FP64","data":[0.2,2E+300]}]""", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForeignModel_NotAllowed_IsListedWithItsReason()
    {
        await using var served = await ServedRepository.Start(root =>
        {
            Directory.CreateDirectory(Path.Combine(root, "foreign", "1"));
            File.WriteAllBytes(Path.Combine(root, "foreign", "1", "model.onnx"), TinyOnnx.Double());
        });
        Assert.Equal((503, """{"error":"the model 'foreign' version '1' was refused when it was loaded: …/foreign/1 holds no manifest.json; models of others are served only with allow_foreign_models."}"""), await served.Post("/v2/models/foreign/infer", "{}"));
        Assert.Equal(503, (await served.Post("/v1/models/foreign/signal", "{}")).Status);
        Assert.Equal(503, (await served.Get("/v2/models/foreign/versions/1/ready")).Status);
        Assert.Equal(404, (await served.Get("/v2/models/foreign/versions/2/ready")).Status);
        Assert.Contains("allow_foreign_models", (await served.Post("/v2/repository/index", "{}")).Body, StringComparison.Ordinal);
        Assert.Equal(503, (await served.Get("/v2/health/ready")).Status);
    }

    [Theory]
    [InlineData("0.1, 0, 0.2, -1, 0.3, 1", 200, "")]
    [InlineData("0.1, 0, 0.2, 2", 400, "'symbol' of row 1 is 2; expected a whole number from 0 to 1")]
    [InlineData("0.1, 0.5", 400, "'symbol' of row 0 is 0.5; expected")]
    [InlineData("0.1, -2", 400, "'symbol' of row 0 is -2; expected")]
    [InlineData("0.1, 1e30", 400, "'symbol' of row 0 is 1E+30; expected")]
    public async Task Infer_SymbolThatIsNoPlace_IsRefusedWithItsRow(string data, int expected, string words)
    {
        await using var served = await ServedRepository.Start(root =>
        {
            var manifest = TinyBundle.Manifest();
            BundleWriter.Write(Path.Combine(root, "tiny", "1"), manifest with { Features = [manifest.Features[0], new("symbol", "symbol()", 1, 0, 1, 0.5, 0.5)] }, TinyBundle.Model());
        });
        var (status, body) = await served.Post(Infer, $$"""{"inputs":[{"name":"features","shape":[{{data.Split(',').Length / 2}},2],"datatype":"FP32","data":[{{data}}]}]}""");
        Assert.True(expected == status, body);
        Assert.Contains(words, body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_AfterRequests_CountThem()
    {
        await using var served = await ServedRepository.Start();
        for (var call = 0; call < 3; call++) await served.Post(Infer, """{"inputs":[{"name":"features","shape":[2,2],"datatype":"FP32","data":[0.1,0.2,9,-0.4]}]}""");
        await served.Post(Infer, "{}");
        var (_, text) = await served.Get("/metrics");
        foreach (var line in new[]
        {
            "nv_inference_request_success{model=\"tiny\",version=\"1\"} 3", "nv_inference_request_failure{model=\"tiny\",version=\"1\",reason=\"CLIENT\"} 1",
            "nv_inference_count{model=\"tiny\",version=\"1\"} 6", "nv_inference_exec_count{model=\"tiny\",version=\"1\"} 3", "nv_inference_pending_request_count{model=\"tiny\",version=\"1\"} 0",
            "quantgrad_feature_out_of_range{model=\"tiny\",version=\"1\",feature=\"week\"} 3", "quantgrad_position_count{model=\"tiny\",version=\"1\"} 6",
            "quantgrad_model_expired{model=\"tiny\",version=\"1\"} 1", "quantgrad_request_duration_seconds_count{model=\"tiny\",version=\"1\"} 3",
        })
            Assert.Contains(line + "\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? -?([0-9.E+-]+|NaN))$", line));
    }
}

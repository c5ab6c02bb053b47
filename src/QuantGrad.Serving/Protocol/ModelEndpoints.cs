using System.Text.Json;
using QuantGrad.Inference;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Protocol;

/// <summary>What the protocol says of the server and its models.</summary>
/// <param name="repository">The models.</param>
/// <param name="lifetime">Whether the server is stopping.</param>
internal sealed class ModelEndpoints(ModelRepository repository, IHostApplicationLifetime lifetime)
{
    private static readonly string[] Extensions = ["binary_tensor_data", "model_repository"];

    /// <summary>Whether requests can be answered: the repository was read, something is served, and the server is not stopping.</summary>
    public bool IsReady => repository.Looked && repository.Served.Ready.Count > 0 && !lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary><c>GET /v2/health/live</c>.</summary>
    public static Task Live(HttpContext context) => JsonAnswer.Write(context, json => json.WriteBoolean("live", true));

    /// <summary><c>GET /v2/health/ready</c>.</summary>
    public Task Ready(HttpContext context) =>
        IsReady ? JsonAnswer.Write(context, json => json.WriteBoolean("ready", true)) : ErrorAnswer.Write(context, StatusCodes.Status503ServiceUnavailable, ErrorAnswer.Words(503));

    /// <summary><c>GET /v2</c>.</summary>
    public static Task Server(HttpContext context) => JsonAnswer.Write(context, json =>
    {
        json.WriteString("name", "quantgrad");
        json.WriteString("version", InferenceServer.Version);
        json.WriteStartArray("extensions");
        foreach (var extension in Extensions) json.WriteStringValue(extension);
        json.WriteEndArray();
    });

    /// <summary><c>GET /v2/models/{model}[/versions/{version}]</c>.</summary>
    public Task Model(HttpContext context)
    {
        var version = Find(context);
        return JsonAnswer.Write(context, json =>
        {
            json.WriteString("name", version.Name);
            json.WriteStartArray("versions");
            foreach (var each in repository.Served.Versions(version.Name) ?? [version]) json.WriteStringValue(each.Version);
            json.WriteEndArray();
            json.WriteString("platform", "onnx_onnxv1");
            Tensors(json, "inputs", version.Session.Inputs);
            Tensors(json, "outputs", version.Session.Outputs);
            ModelProperties.Write(json, version);
        });
    }

    /// <summary><c>GET /v2/models/{model}[/versions/{version}]/ready</c>.</summary>
    public Task ModelReady(HttpContext context)
    {
        var version = Find(context);
        return JsonAnswer.Write(context, json =>
        {
            json.WriteString("name", version.Name);
            json.WriteBoolean("ready", true);
        });
    }

    /// <summary><c>POST /v2/repository/index</c>.</summary>
    public Task Index(HttpContext context) => JsonAnswer.WriteArray(context, json =>
    {
        foreach (var status in repository.Served.All)
        {
            json.WriteStartObject();
            json.WriteString("name", status.Model);
            json.WriteString("version", status.Version);
            json.WriteString("state", status.State);
            json.WriteString("reason", status.Reason);
            json.WriteEndObject();
        }
    });

    private ModelVersion Find(HttpContext context)
    {
        var (name, version) = ((string)context.Request.RouteValues["model"]!, (string?)context.Request.RouteValues["version"]);
        return repository.Served.Find(name, version) ?? throw RequestException.Unserved(repository.Served, name, version);
    }

    private static void Tensors(Utf8JsonWriter json, string key, IReadOnlyList<OnnxTensorInfo> tensors)
    {
        json.WriteStartArray(key);
        foreach (var tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("datatype", TensorType.Name(tensor.ElementType));
            json.WriteStartArray("shape");
            foreach (var size in tensor.Dimensions) json.WriteNumberValue(Math.Max(-1, size));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

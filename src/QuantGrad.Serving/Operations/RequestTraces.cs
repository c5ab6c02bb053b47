using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace QuantGrad.Serving.Operations;

/// <summary>Sends a trace of every request to a collector, where the settings name one; a caller's own trace goes on in it (W3C traceparent).</summary>
internal sealed class RequestTraces : IDisposable
{
    private const string RequestSource = "Microsoft.AspNetCore";
    private readonly TracerProvider? provider;

    public RequestTraces(ServerSettings settings)
    {
        if (settings.OtlpEndpoint is null) return;
        var endpoint = new Uri(settings.OtlpEndpoint);
        provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("quantgrad", serviceVersion: InferenceServer.Version))
            .AddSource(RequestSource)
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = endpoint;
                exporter.Protocol = endpoint.AbsolutePath.Length > 1 ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            })
            .Build();
    }

    public void Dispose() => provider?.Dispose();
}

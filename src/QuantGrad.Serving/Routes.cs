using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Signals;

namespace QuantGrad.Serving;

/// <summary>Which address does what.</summary>
internal static class Routes
{
    public static void Map(WebApplication app)
    {
        var models = app.Services.GetRequiredService<ModelEndpoints>();
        var infer = app.Services.GetRequiredService<InferEndpoint>();
        app.MapGet("/v2/health/live", (RequestDelegate)ModelEndpoints.Live);
        app.MapGet("/v2/health/ready", (RequestDelegate)models.Ready);
        app.MapGet("/v2", (RequestDelegate)ModelEndpoints.Server);
        foreach (var model in new[] { "/v2/models/{model}", "/v2/models/{model}/versions/{version}" })
        {
            app.MapGet(model, (RequestDelegate)models.Model);
            app.MapGet(model + "/ready", (RequestDelegate)models.ModelReady);
            app.MapPost(model + "/infer", (RequestDelegate)infer.Answer);
        }

        var signal = app.Services.GetRequiredService<SignalEndpoint>();
        var streams = app.Services.GetRequiredService<StreamEndpoints>();
        foreach (var model in new[] { "/v1/models/{model}", "/v1/models/{model}/versions/{version}" })
        {
            app.MapPost(model + "/signal", (RequestDelegate)signal.Answer);
            app.MapPost(model + "/streams/{stream}/bars", (RequestDelegate)streams.Append);
        }

        app.MapGet("/v1/models/{model}/streams/{stream}", (RequestDelegate)streams.Tell);
        app.MapDelete("/v1/models/{model}/streams/{stream}", (RequestDelegate)streams.End);
        app.MapPost("/v2/repository/index", (RequestDelegate)models.Index);
        app.MapGet("/", (RequestDelegate)app.Services.GetRequiredService<StatusPage>().Answer);
        app.MapGet("/openapi.json", (RequestDelegate)OpenApiDocument.Answer);
        app.MapGet("/metrics", (RequestDelegate)app.Services.GetRequiredService<PrometheusText>().Answer);
    }
}

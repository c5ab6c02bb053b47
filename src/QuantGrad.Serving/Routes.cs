using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Signals;

namespace QuantGrad.Serving;

/// <summary>Which address does what.</summary>
internal static class Routes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication app)
    {
        var models = app.Services.GetRequiredService<ModelEndpoints>();
        var infer = app.Services.GetRequiredService<InferEndpoint>();
        Get(app, "/v2/health/live", ModelEndpoints.Live);
        Get(app, "/v2/health/ready", models.Ready);
        Get(app, "/v2", ModelEndpoints.Server);
        foreach (var model in new[] { "/v2/models/{model}", "/v2/models/{model}/versions/{version}" })
        {
            Get(app, model, models.Model);
            Get(app, model + "/ready", models.ModelReady);
            app.MapPost(model + "/infer", (RequestDelegate)infer.Answer);
        }

        var signal = app.Services.GetRequiredService<SignalEndpoint>();
        var streams = app.Services.GetRequiredService<StreamEndpoints>();
        foreach (var model in new[] { "/v1/models/{model}", "/v1/models/{model}/versions/{version}" })
        {
            app.MapPost(model + "/signal", (RequestDelegate)signal.Answer);
            app.MapPost(model + "/streams/{stream}/bars", (RequestDelegate)streams.Append);
        }

        Get(app, "/v1/models/{model}/streams/{stream}", streams.Tell);
        app.MapDelete("/v1/models/{model}/streams/{stream}", (RequestDelegate)streams.End);
        app.MapPost("/v2/repository/index", (RequestDelegate)models.Index);
        Get(app, "/", app.Services.GetRequiredService<StatusPage>().Answer);
        Get(app, "/openapi.json", OpenApiDocument.Answer);
        Get(app, "/metrics", app.Services.GetRequiredService<PrometheusText>().Answer);
    }

    /// <summary>What may be read may be asked for its head alone, as monitors do (RFC 9110, 9.1).</summary>
    private static void Get(WebApplication app, string address, RequestDelegate answer) => app.MapMethods(address, Reading, answer);
}

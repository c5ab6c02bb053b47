using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Protocol;

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

        app.MapPost("/v2/repository/index", (RequestDelegate)models.Index);
        app.MapGet("/metrics", (RequestDelegate)app.Services.GetRequiredService<PrometheusText>().Answer);
    }
}

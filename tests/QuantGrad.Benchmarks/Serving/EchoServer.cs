using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace QuantGrad.Benchmarks.Serving;

/// <summary>An empty Kestrel that gives back what it was sent: <c>/bytes</c> as it is, <c>/json</c> parsed and written again.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private EchoServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<EchoServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Request.Path == "/json" ? Json(context) : Bytes(context));
        await app.StartAsync().ConfigureAwait(false);
        return new EchoServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task Bytes(HttpContext context)
    {
        var body = await Body(context).ConfigureAwait(false);
        await Answer(context, body).ConfigureAwait(false);
    }

    private static async Task Json(HttpContext context)
    {
        using var document = JsonDocument.Parse(await Body(context).ConfigureAwait(false));
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output)) document.WriteTo(json);
        await Answer(context, output.WrittenMemory).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> Body(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body).ConfigureAwait(false);
        return body;
    }

    private static ValueTask Answer(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

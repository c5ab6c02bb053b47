using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;
using QuantGrad.Serving.Security;
using QuantGrad.Serving.Signals;

namespace QuantGrad.Serving;

/// <summary>The server: the Open Inference Protocol V2, signals from bars, hot reload, and what running it needs.</summary>
public sealed class InferenceServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private InferenceServer(WebApplication app) => this.app = app;

    /// <summary>The program's version.</summary>
    public static string Version { get; } =
        typeof(InferenceServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    internal ModelRepository Repository => app.Services.GetRequiredService<ModelRepository>();

    /// <summary>Puts a server together; nothing listens before <see cref="StartAsync"/>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Adds where logs go; none go anywhere without it.</param>
    /// <exception cref="UsageException">The settings do not hold together.</exception>
    public static InferenceServer Create(ServerSettings settings, TimeProvider time, Action<ILoggingBuilder>? logging = null)
    {
        SettingsCheck.Check(settings);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(InferenceServer).Assembly.GetName().Name });
        logging?.Invoke(builder.Logging);
        WebApplication? built = null; // a start that fails is thrown to the caller, who says it without the host's trace
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level == LogLevel.Critical || built?.Lifetime.ApplicationStarted.IsCancellationRequested == true);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listening.Configure(kestrel, settings));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.ShutdownSeconds));
        builder.Services.AddRoutingCore()
            .AddSingleton<IHostLifetime, CallerLifetime>()
            .AddSingleton(settings).AddSingleton(time)
            .AddSingleton<AdmissionGate>().AddSingleton<ApiKeys>().AddSingleton<RequestGuard>()
            .AddSingleton<ModelRepository>().AddHostedService(services => services.GetRequiredService<ModelRepository>())
            .AddSingleton<BodyReader>().AddSingleton<BarsRequest>().AddSingleton<StreamStore>().AddSingleton<LatestSignals>().AddSingleton<SignalEndpoint>().AddSingleton<StreamEndpoints>()
            .AddSingleton<ModelEndpoints>().AddSingleton<InferEndpoint>().AddSingleton<PrometheusText>().AddSingleton<StatusPage>().AddSingleton<RequestTraces>();
        var app = built = builder.Build();
        app.Use(app.Services.GetRequiredService<RequestGuard>().Invoke);
        app.UseRouting();
        _ = app.Services.GetRequiredService<RequestTraces>();
        Routes.Map(app);
        return new InferenceServer(app);
    }

    /// <summary>Makes an API key, and the hash of it that goes into the settings.</summary>
    public static (string Key, string Sha256) NewKey() => ApiKeys.Make();

    /// <summary>Begins to listen and to load models.</summary>
    /// <exception cref="UsageException">The address is taken or not this machine's.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            var settings = app.Services.GetRequiredService<ServerSettings>();
            throw new UsageException($"The server cannot listen at {settings.Address}, port {settings.Port}: {failure.Message.TrimEnd('.')}. Choose another address or port.", failure);
        }
    }

    /// <summary>Takes no new request, finishes those in flight within the settings' time, and frees the models.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => app.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>The caller starts and stops the server; no signal is caught here.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

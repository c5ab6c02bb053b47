using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Signals;

/// <summary>A model that computes positions from bars, leased for a request.</summary>
internal readonly struct ModelLease : IDisposable
{
    private ModelLease(ModelVersion version) => Version = version;

    public ModelVersion Version { get; }

    /// <summary>Leases what the address names.</summary>
    /// <exception cref="RequestException">It is unknown, refused, or a model of others without features.</exception>
    public static ModelLease Of(ModelRepository repository, HttpContext context)
    {
        var (name, number) = ((string)context.Request.RouteValues["model"]!, (string?)context.Request.RouteValues["version"]);
        var version = repository.Lease(name, number) ?? throw RequestException.Unserved(repository.Served, name, number);
        if (version.Predictor is not null) return new ModelLease(version);
        version.Release();
        throw RequestException.Invalid($"'{RequestException.Shown(name)}' brings no features of ours: it answers /v2/models/{RequestException.Shown(name)}/infer only");
    }

    public void Dispose() => Version.Release();
}

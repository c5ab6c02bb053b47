using QuantGrad.Exporting;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Signals;

/// <summary>A stream under a name. It stays with the version that it began with, whose features its state belongs to.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The model's version, leased while the stream lives.</param>
/// <param name="Signals">The state.</param>
internal sealed record NamedStream(string Name, ModelVersion Version, SignalStream Signals)
{
    private readonly Dictionary<string, int> places = Signals.Symbols.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);

    /// <summary>Held while the state is read or advanced.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Where symbols stand in the stream.</summary>
    /// <exception cref="RequestException">One is not of the stream.</exception>
    public int[] Columns(string[] symbols) => Array.ConvertAll(symbols, symbol => places.TryGetValue(symbol, out var place)
        ? place
        : throw RequestException.Invalid($"the stream '{Name}' began without '{RequestException.Shown(symbol)}'; begin another one that has it"));
}

/// <summary>The streams of all models.</summary>
/// <param name="settings">How many there may be.</param>
internal sealed class StreamStore(ServerSettings settings)
{
    private readonly Dictionary<(string Model, string Name), NamedStream> streams = [];
    private readonly Lock gate = new();

    /// <summary>A stream, or null.</summary>
    public NamedStream? Find(string model, string name)
    {
        lock (gate) return streams.GetValueOrDefault((model, name));
    }

    /// <summary>The stream of that name; made with these symbols where there is none.</summary>
    /// <exception cref="RequestException">Its version is gone, there are too many streams, or too many symbols.</exception>
    public NamedStream FindOrMake(ModelVersion version, string name, string[] symbols, ServedModels served)
    {
        lock (gate)
        {
            if (streams.TryGetValue((version.Name, name), out var stream))
            {
                if (served.Ready.Contains(stream.Version)) return stream;
                Forget(stream);
                throw new RequestException(StatusCodes.Status410Gone, $"the stream '{name}' belonged to version {stream.Version.Version}, which is gone: begin it again with its history");
            }

            if (streams.Count >= settings.MaxStreams) throw new RequestException(StatusCodes.Status429TooManyRequests, $"there are {settings.MaxStreams} streams already: end one first");
            if (symbols.Length > settings.MaxStreamSymbols) throw RequestException.Invalid($"a stream has at most {settings.MaxStreamSymbols} symbols");
            if (!version.TryLease()) throw new RequestException(StatusCodes.Status503ServiceUnavailable, "the version was replaced at this moment: try again");
            return streams[(version.Name, name)] = new NamedStream(name, version, new SignalStream(version.Predictor!, symbols));
        }
    }

    /// <summary>Ends a stream.</summary>
    public void Remove(NamedStream stream)
    {
        lock (gate)
        {
            if (streams.GetValueOrDefault((stream.Version.Name, stream.Name)) == stream) Forget(stream);
        }
    }

    private void Forget(NamedStream stream)
    {
        streams.Remove((stream.Version.Name, stream.Name));
        stream.Version.Release();
    }
}

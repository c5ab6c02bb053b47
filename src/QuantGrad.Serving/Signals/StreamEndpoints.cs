using System.Text.Json;
using QuantGrad.MarketData;
using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Signals;

/// <summary>
/// <c>/v1/models/{model}[/versions/{version}]/streams/{stream}</c>: POST <c>…/bars</c> appends bars and gives the position of the newest, GET tells where the
/// stream stands, DELETE ends it. The first bars make the stream and name its symbols; a date is complete once it was posted.
/// </summary>
/// <param name="bodies">Reads bodies.</param>
/// <param name="requests">Reads bars.</param>
/// <param name="repository">The models.</param>
/// <param name="gate">Admits as many calls as may work at the same time.</param>
/// <param name="streams">The streams.</param>
/// <param name="latest">Keeps what was said last.</param>
/// <param name="time">The clock.</param>
internal sealed class StreamEndpoints(BodyReader bodies, BarsRequest requests, ModelRepository repository, AdmissionGate gate, StreamStore streams, LatestSignals latest, TimeProvider time)
{
    /// <summary><c>POST …/bars</c>.</summary>
    public async Task Append(HttpContext context)
    {
        using var admitted = gate.Enter();
        using var lease = ModelLease.Of(repository, context);
        var name = StreamName(context);
        var (body, length) = await bodies.Read(context, []).ConfigureAwait(false);
        var (panel, defects) = requests.Read(body.AsSpan(0, length), context.Request.ContentType, lease.Version);
        var stream = streams.FindOrMake(lease.Version, name, panel.Symbols, repository.Served);
        var report = Advance(stream, panel, defects);
        latest.Keep(report);
        await JsonAnswer.Write(context, json =>
        {
            json.WriteString("stream", name);
            json.WriteNumber("appended", panel.Steps);
            report.Write(json);
        }).ConfigureAwait(false);
    }

    /// <summary><c>GET</c>.</summary>
    public Task Tell(HttpContext context)
    {
        var stream = Find(context);
        return JsonAnswer.Write(context, json =>
        {
            lock (stream.Gate) Tell(json, stream);
        });
    }

    /// <summary><c>DELETE</c>.</summary>
    public Task End(HttpContext context)
    {
        var stream = Find(context);
        streams.Remove(stream);
        return JsonAnswer.Write(context, json => json.WriteString("ended", stream.Name));
    }

    private static void Tell(Utf8JsonWriter json, NamedStream stream)
    {
        json.WriteString("stream", stream.Name);
        json.WriteString("model_name", stream.Version.Name);
        json.WriteString("model_version", stream.Version.Version);
        if (stream.Signals.Date > DateTime.MinValue) json.WriteString("date", SignalReport.Text(stream.Signals.Date));
        json.WriteStartObject("bars");
        for (var asset = 0; asset < stream.Signals.Symbols.Count; asset++) json.WriteNumber(stream.Signals.Symbols[asset], stream.Signals.Bars[asset]);
        json.WriteEndObject();
    }

    private SignalReport Advance(NamedStream stream, Panel panel, IReadOnlyList<Defect> defects)
    {
        lock (stream.Gate)
        {
            var signals = stream.Signals;
            var columns = stream.Columns(panel.Symbols);
            if (panel.Dates[0] <= signals.Date)
            {
                var early = panel.Symbols[Enumerable.Range(0, panel.Assets).First(asset => panel.HasBar(0, asset))];
                throw new RequestException(StatusCodes.Status409Conflict, $"the stream stands at {SignalReport.Text(signals.Date)}; found a bar of '{RequestException.Shown(early)}' for {SignalReport.Text(panel.Dates[0])}, expected later ones");
            }

            var bars = new Bar[signals.Symbols.Count];
            for (var step = 0; step < panel.Steps; step++)
            {
                Array.Fill(bars, Bar.OfValue(panel.Dates[step], double.NaN));
                for (var asset = 0; asset < panel.Assets; asset++) bars[columns[asset]] = panel.At(step, asset);
                signals.Advance(panel.Dates[step], bars);
            }

            var (output, weights) = (new float[bars.Length], new double[bars.Length]);
            signals.Decide(output, weights);
            var rows = Enumerable.Range(0, bars.Length).Select(asset => new SignalRow(signals.Symbols[asset], output[asset], weights[asset], signals.Bars[asset], signals.LastBar[asset])).ToArray();
            return SignalReport.Of(stream.Version, signals.Date, rows, signals.Features, defects, time.GetUtcNow().UtcDateTime);
        }
    }

    private NamedStream Find(HttpContext context)
    {
        var (model, name) = ((string)context.Request.RouteValues["model"]!, StreamName(context));
        return streams.Find(model, name) ?? throw new RequestException(StatusCodes.Status404NotFound, $"'{RequestException.Shown(model)}' has no stream '{name}'");
    }

    private static string StreamName(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["stream"]!;
        if (name.Length <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')) return name;
        throw RequestException.Invalid("a stream's name has up to 64 letters, digits, '-', '_' and '.'");
    }
}

using QuantGrad.Serving.Operations;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Signals;

/// <summary><c>POST /v1/models/{model}[/versions/{version}]/signal</c>: the bars of each symbol in, the positions of the newest date out.</summary>
/// <param name="bodies">Reads bodies.</param>
/// <param name="requests">Reads bars.</param>
/// <param name="repository">The models.</param>
/// <param name="gate">Admits as many calls as may work at the same time.</param>
/// <param name="latest">Keeps what was said last, for the status page.</param>
/// <param name="time">The clock.</param>
internal sealed class SignalEndpoint(BodyReader bodies, BarsRequest requests, ModelRepository repository, AdmissionGate gate, LatestSignals latest, TimeProvider time)
{
    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context)
    {
        using var admitted = gate.Enter();
        using var lease = ModelLease.Of(repository, context);
        var (body, length) = await bodies.Read(context, []).ConfigureAwait(false);
        var report = Decide(lease.Version, body.AsSpan(0, length), context.Request.ContentType);
        latest.Keep(report);
        await JsonAnswer.Write(context, report.Write).ConfigureAwait(false);
    }

    private SignalReport Decide(ModelVersion version, ReadOnlySpan<byte> body, string? contentType)
    {
        var (panel, defects) = requests.Read(body, contentType, version);
        var last = panel.Steps - 1;
        var predicted = version.Predictor!.Predict(panel, last);
        var rows = new SignalRow[panel.Assets];
        for (var asset = 0; asset < rows.Length; asset++)
        {
            var (bars, newest) = (0, 0);
            for (var step = 0; step <= last; step++)
            {
                if (!panel.HasBar(step, asset)) continue;
                bars++;
                newest = step;
            }

            var at = predicted.At(last, asset);
            rows[asset] = new SignalRow(panel.Symbols[asset], predicted.Signals[at], predicted.Weights[at], bars, panel.Dates[newest]);
        }

        var width = predicted.Features.Features;
        var features = predicted.Features.Values.AsSpan(last * rows.Length * width, rows.Length * width);
        return SignalReport.Of(version, panel.Dates[last], rows, features, defects, time.GetUtcNow().UtcDateTime);
    }
}

using System.Collections.Concurrent;

namespace QuantGrad.Serving.Signals;

/// <summary>The newest report of each model, for the status page.</summary>
internal sealed class LatestSignals
{
    private readonly ConcurrentDictionary<string, SignalReport> reports = new(StringComparer.Ordinal);

    public void Keep(SignalReport report) => reports[report.Version.Name] = report;

    public SignalReport? Of(string model) => reports.GetValueOrDefault(model);
}

using System.Globalization;
using System.Text;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Operations;

/// <summary><c>GET /metrics</c> in Prometheus' text format, under Triton's names where it has one.</summary>
/// <param name="repository">The models.</param>
/// <param name="gate">What is in work.</param>
/// <param name="time">Now, for models that have expired.</param>
internal sealed class PrometheusText(ModelRepository repository, AdmissionGate gate, TimeProvider time)
{
    private static readonly double[] BucketSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    public Task Answer(HttpContext context) => JsonAnswer.Text(context, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(Write()));

    private string Write()
    {
        var text = new StringBuilder();
        var served = repository.Served;
        Family("nv_inference_request_success", "counter", "Inferences answered", statistics => statistics.Success);
        Header("nv_inference_request_failure", "counter", "Inferences refused or failed, by reason");
        foreach (var version in served.Ready)
            foreach (var (reason, count) in version.Statistics.Failures) Line("nv_inference_request_failure", version, count, $",reason=\"{reason}\"");
        Family("nv_inference_count", "counter", "Rows inferred", statistics => statistics.Rows);
        Family("nv_inference_exec_count", "counter", "Calls of the model", statistics => statistics.Executions);
        Family("nv_inference_pending_request_count", "gauge", "Inferences in work", statistics => statistics.Pending);
        Family("nv_inference_request_duration_us", "counter", "Microseconds from arrival to answer, summed", statistics => statistics.RequestMicroseconds);
        Family("nv_inference_queue_duration_us", "counter", "Microseconds until the body was there, summed", statistics => statistics.QueueMicroseconds);
        Family("nv_inference_compute_input_duration_us", "counter", "Microseconds reading inputs, summed", statistics => statistics.InputMicroseconds);
        Family("nv_inference_compute_infer_duration_us", "counter", "Microseconds in the model, summed", statistics => statistics.InferMicroseconds);
        Family("nv_inference_compute_output_duration_us", "counter", "Microseconds writing outputs, summed", statistics => statistics.OutputMicroseconds);
        Latencies(text, served);
        Drift(text, served);
        Header("quantgrad_model_expired", "gauge", "1 where the model is past the time it is meant for");
        foreach (var version in served.Ready)
            if (version.Bundle?.Manifest.Window.Expires is { } expires) Line("quantgrad_model_expired", version, time.GetUtcNow().UtcDateTime > expires.AddDays(1) ? 1 : 0);
        Header("quantgrad_versions_refused", "gauge", "Version directories that are not served or whose newest content is refused");
        text.Append(CultureInfo.InvariantCulture, $"quantgrad_versions_refused {served.All.Count(status => status.Reason.Length > 0)}\n");
        Header("quantgrad_requests_in_work", "gauge", "Calls admitted and not yet answered");
        text.Append(CultureInfo.InvariantCulture, $"quantgrad_requests_in_work {gate.Inside}\n");
        Header("process_resident_memory_bytes", "gauge", "Resident memory");
        text.Append(CultureInfo.InvariantCulture, $"process_resident_memory_bytes {Environment.WorkingSet}\n");
        Header("dotnet_gc_heap_bytes", "gauge", "Managed heap");
        text.Append(CultureInfo.InvariantCulture, $"dotnet_gc_heap_bytes {GC.GetTotalMemory(forceFullCollection: false)}\n");
        return text.ToString();

        void Header(string name, string type, string help) => WriteHeader(text, name, type, help);

        void Line(string name, ModelVersion version, double value, string more = "") => WriteLine(text, name, version, value, more);

        void Family(string name, string type, string help, Func<ModelStatistics, long> value)
        {
            Header(name, type, help);
            foreach (var version in served.Ready) Line(name, version, value(version.Statistics));
        }
    }

    private static void Latencies(StringBuilder text, ServedModels served)
    {
        WriteHeader(text, "quantgrad_request_duration_seconds", "histogram", "Time from arrival to answer");
        foreach (var version in served.Ready)
        {
            foreach (var edge in BucketSeconds)
                WriteLine(text, "quantgrad_request_duration_seconds_bucket", version, version.Statistics.Latency.CountUpTo(edge * 1e6), string.Create(CultureInfo.InvariantCulture, $",le=\"{edge}\""));
            WriteLine(text, "quantgrad_request_duration_seconds_bucket", version, version.Statistics.Success, ",le=\"+Inf\"");
            WriteLine(text, "quantgrad_request_duration_seconds_sum", version, version.Statistics.RequestMicroseconds / 1e6);
            WriteLine(text, "quantgrad_request_duration_seconds_count", version, version.Statistics.Success);
        }
    }

    private static void Drift(StringBuilder text, ServedModels served)
    {
        var drifts = served.Ready.Where(version => version.Statistics.Drift is not null).Select(version => (Version: version, Now: version.Statistics.Drift!.Now())).ToArray();
        PerFeature("quantgrad_feature_out_of_range", "counter", "Values outside the train window's range", feature => feature.Outside);
        PerFeature("quantgrad_feature_shift", "gauge", "Recent mean minus train mean, in train standard deviations", feature => feature.Shift);
        PerModel("quantgrad_position_count", "counter", "Positions given", now => now.Positions);
        PerModel("quantgrad_position_mean", "gauge", "Mean position", now => now.Mean);
        PerModel("quantgrad_position_std", "gauge", "Standard deviation of positions", now => now.Deviation);
        PerModel("quantgrad_position_mean_abs", "gauge", "Mean size of positions", now => now.MeanAbsolute);

        void PerFeature(string name, string type, string help, Func<FeatureDrift, double> value)
        {
            WriteHeader(text, name, type, help);
            foreach (var (version, now) in drifts)
                foreach (var feature in now.Features) WriteLine(text, name, version, value(feature), $",feature=\"{feature.Name}\"");
        }

        void PerModel(string name, string type, string help, Func<DriftFigures, double> value)
        {
            WriteHeader(text, name, type, help);
            foreach (var (version, now) in drifts) WriteLine(text, name, version, value(now));
        }
    }

    private static void WriteHeader(StringBuilder text, string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void WriteLine(StringBuilder text, string name, ModelVersion version, double value, string more = "") =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{{model=\"{version.Name}\",version=\"{version.Version}\"{more}}} {value}\n");
}

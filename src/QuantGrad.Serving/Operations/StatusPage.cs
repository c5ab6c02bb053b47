using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using QuantGrad.Serving.Protocol;
using QuantGrad.Serving.Repository;
using QuantGrad.Serving.Signals;

namespace QuantGrad.Serving.Operations;

/// <summary><c>GET /</c>: a page for a person, without scripts, which a browser reads again every five seconds.</summary>
/// <param name="repository">The models.</param>
/// <param name="latest">The newest signals.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusPage(ModelRepository repository, LatestSignals latest, TimeProvider time)
{
    private const int MostSignals = 100;
    private static readonly string Style = Encoding.UTF8.GetString(EmbeddedFile.Read("status.css"));
    private static readonly string Policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public Task Answer(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.Text(context, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Write()));
    }

    private string Write()
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta http-equiv=\"refresh\" content=\"5\"><title>QuantGrad server</title>");
        page.Append("<style>").Append(Style).Append("</style></head><body>\n<h1>QuantGrad server</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">Version {Html(InferenceServer.Version)} · {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC · <a href=\"/openapi.json\">addresses</a> · <a href=\"/metrics\">metrics</a></p>\n");
        var served = repository.Served;
        Models(page, served);
        foreach (var name in served.All.Select(status => status.Model).Distinct(StringComparer.Ordinal))
            if (latest.Of(name) is { } report) Signals(page, report);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Models(StringBuilder page, ServedModels served)
    {
        page.Append("<h2>Models</h2>\n");
        if (served.All.Count == 0)
        {
            page.Append("<p>No model yet: put a bundle into NAME/VERSION of the repository.</p>\n");
            return;
        }

        page.Append("<table><caption>Latencies are from arrival to answer.</caption><thead><tr><th scope=\"col\">model</th><th scope=\"col\">version</th><th scope=\"col\">state</th><th scope=\"col\" class=\"number\">requests</th><th scope=\"col\" class=\"number\">failed</th>"
            + "<th scope=\"col\" class=\"number\">a second</th><th scope=\"col\" class=\"number\">p50</th><th scope=\"col\" class=\"number\">p99</th><th scope=\"col\">meant for</th></tr></thead><tbody>\n");
        foreach (var status in served.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html(status.Model)}</th><td>{status.Number}</td>");
            page.Append(status.Reason.Length == 0 ? "<td class=\"good\">ready</td>" : $"<td class=\"bad\">{(status.Serving is null ? "refused" : "serving its earlier content")}: {Html(status.Reason)}</td>");
            if (status.Serving is { Statistics: var statistics } version)
            {
                var window = version.Bundle?.Manifest.Window;
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{statistics.Success}</td><td class=\"number\">{statistics.Failures.Sum(failure => failure.Count)}</td><td class=\"number\">{statistics.Rate.PerSecond():F1}</td>");
                page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{Latency(statistics.Latency.Quantile(0.5))}</td><td class=\"number\">{Latency(statistics.Latency.Quantile(0.99))}</td>");
                page.Append(window is null ? "<td></td>" : $"<td>{SignalReport.Text(window.NotBefore)} to {(window.Expires is { } end ? SignalReport.Text(end) : "open")}</td>");
            }
            else
            {
                page.Append("<td></td><td></td><td></td><td></td><td></td><td></td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    private static void Signals(StringBuilder page, SignalReport report)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>Last signals of {Html(report.Version.Name)}</h2>\n<table><caption>Version {report.Version.Version}, positions for {SignalReport.Text(report.Date)}</caption>");
        page.Append("<thead><tr><th scope=\"col\">symbol</th><th scope=\"col\" class=\"number\">signal</th><th scope=\"col\" class=\"number\">weight</th><th scope=\"col\" class=\"number\">bars</th><th scope=\"col\">warnings</th></tr></thead><tbody>\n");
        foreach (var row in report.Rows.Take(MostSignals))
        {
            var warnings = string.Join("; ", report.Warnings.Where(warning => warning.Symbol is null || warning.Symbol == row.Symbol).Select(warning => warning.Message));
            var (signal, weight) = float.IsNaN(row.Signal) ? ("n/a", "n/a") : (row.Signal.ToString("F4", CultureInfo.InvariantCulture), row.Weight.ToString("F4", CultureInfo.InvariantCulture));
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html(row.Symbol)}</th><td class=\"number\">{signal}</td><td class=\"number\">{weight}</td><td class=\"number\">{row.Bars}</td><td>{Html(warnings)}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    private static string Latency(double microseconds) => double.IsNaN(microseconds) ? "n/a" : microseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:F0} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:F1} ms");

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}

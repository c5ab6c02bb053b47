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

        Head(page, "Latencies are from arrival to answer.", ["model", "version", "state"], ["requests", "failed", "a second", "p50", "p99"], ["meant for"]);
        foreach (var status in served.All)
        {
            var (state, kind) = status.Reason.Length == 0 ? ("ready", "good") : (status.Serving is null ? "refused" : "serving its earlier content", "bad");
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html(status.Model)}</th>");
            Cell(page, "version", status.Version);
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"{kind}\">{state}</td>");
            if (status.Serving is { Statistics: var statistics } version)
            {
                Cell(page, "requests", statistics.Success.ToString(CultureInfo.InvariantCulture), "number");
                Cell(page, "failed", statistics.Failures.Sum(failure => failure.Count).ToString(CultureInfo.InvariantCulture), "number");
                Cell(page, "a second", statistics.Rate.PerSecond().ToString("F1", CultureInfo.InvariantCulture), "number");
                Cell(page, "p50", Latency(statistics.Latency.Quantile(0.5)), "number");
                Cell(page, "p99", Latency(statistics.Latency.Quantile(0.99)), "number");
                Cell(page, "meant for", version.Bundle?.Manifest.Window is { } window ? $"{SignalReport.Text(window.NotBefore)} to {(window.Expires is { } end ? SignalReport.Text(end) : "open")}" : "any time");
            }
            else
            {
                page.Append("<td colspan=\"6\"></td>");
            }

            page.Append("</tr>\n");
            Note(page, 9, status.Reason);
        }

        page.Append("</tbody></table>\n");
    }

    private static void Signals(StringBuilder page, SignalReport report)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>Last signals of {Html(report.Version.Name)}</h2>\n");
        var ofAll = Warnings(report, symbol: null);
        Head(page, $"Version {report.Version.Version}, positions for {SignalReport.Text(report.Date)}{(ofAll.Length > 0 ? ": " + Html(ofAll) : "")}", ["symbol"], ["signal", "weight", "bars"], []);
        foreach (var row in report.Rows.Take(MostSignals))
        {
            var (signal, weight) = float.IsNaN(row.Signal) ? ("n/a", "n/a") : (row.Signal.ToString("F4", CultureInfo.InvariantCulture), row.Weight.ToString("F4", CultureInfo.InvariantCulture));
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html(row.Symbol)}</th>");
            Cell(page, "signal", signal, "number");
            Cell(page, "weight", weight, "number");
            Cell(page, "bars", row.Bars.ToString(CultureInfo.InvariantCulture), "number");
            page.Append("</tr>\n");
            Note(page, 4, Warnings(report, row.Symbol));
        }

        page.Append("</tbody></table>\n");
    }

    private static string Warnings(SignalReport report, string? symbol) => string.Join("; ", report.Warnings.Where(warning => warning.Symbol == symbol).Select(warning => warning.Message));

    private static void Head(StringBuilder page, string caption, ReadOnlySpan<string> texts, ReadOnlySpan<string> numbers, ReadOnlySpan<string> last)
    {
        page.Append(CultureInfo.InvariantCulture, $"<table><caption>{caption}</caption><thead><tr>");
        foreach (var text in texts) page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{text}</th>");
        foreach (var number in numbers) page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\" class=\"number\">{number}</th>");
        foreach (var text in last) page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{text}</th>");
        page.Append("</tr></thead><tbody>\n");
    }

    /// <summary>A cell; on a narrow screen, where a row becomes a paragraph, it stands behind its column's name.</summary>
    private static void Cell(StringBuilder page, string column, string text, string kind = "text") =>
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"{kind}\" data-column=\"{column}\">{text}</td>");

    /// <summary>A sentence of any length under its row, over the table's whole width; nothing without one.</summary>
    private static void Note(StringBuilder page, int columns, string text)
    {
        if (text.Length > 0) page.Append(CultureInfo.InvariantCulture, $"<tr class=\"note\"><td colspan=\"{columns}\">{Html(text)}</td></tr>\n");
    }

    private static string Latency(double microseconds) => double.IsNaN(microseconds) ? "n/a" : microseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{microseconds:F0} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000:F1} ms");

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}

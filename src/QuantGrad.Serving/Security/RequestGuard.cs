using System.Diagnostics;
using System.Net;
using QuantGrad.Serving.Protocol;

namespace QuantGrad.Serving.Security;

/// <summary>
/// Stands before everything: gives the request its id, refuses what is too large, meant for another host, sent by a web page of another
/// site, or without a key; and turns whatever goes wrong behind it into one JSON error without trace or path.
/// </summary>
internal sealed partial class RequestGuard(ServerSettings settings, ApiKeys keys, ILogger<RequestGuard> log)
{
    private const string RequestId = "X-Request-Id";
    private string? ourHost; // as the last request that was let in wrote it
    private readonly bool loopback = IPAddress.IsLoopback(IPAddress.Parse(settings.Address));

    /// <summary>The middleware.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        var begun = Stopwatch.GetTimestamp();
        var response = context.Response;
        if (context.Request.Headers.TryGetValue(RequestId, out var given) && given is [{ Length: > 0 and <= 64 } id] && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            response.Headers[RequestId] = context.TraceIdentifier = id;
        try
        {
            if (Refusal(context) is { } refusal) await ErrorAnswer.Write(context, refusal.Status, refusal.Message).ConfigureAwait(false);
            else await next(context).ConfigureAwait(false);
            if (response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null) await ErrorAnswer.Write(context, response.StatusCode, ErrorAnswer.Words(response.StatusCode)).ConfigureAwait(false);
        }
        catch (RequestException refused)
        {
            await ErrorAnswer.Write(context, refused.Status, refused.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException refused)
        {
            await ErrorAnswer.Write(context, refused.StatusCode, ErrorAnswer.Words(refused.StatusCode)).ConfigureAwait(false);
        }
        catch (IOException unread) when (unread.InnerException is OverflowException)
        {
            // So Kestrel refuses a chunk whose size has more digits than a number holds.
            await ErrorAnswer.Write(context, StatusCodes.Status400BadRequest, ErrorAnswer.Words(StatusCodes.Status400BadRequest)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            response.StatusCode = 499; // the client has gone: only the log reads this
        }
        catch (Exception failure)
        {
            Failed(failure, context.TraceIdentifier, context.Request.Method, context.Request.Path);
            await ErrorAnswer.Write(context, StatusCodes.Status500InternalServerError, $"the server has failed; its log has more under the id {context.TraceIdentifier}").ConfigureAwait(false);
        }

        if (settings.LogRequests || response.StatusCode is >= 400 and not 429) Log(context, begun);
    }

    private RequestException? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.Value!.Length + request.QueryString.Value!.Length > Listening.MaxTargetBytes)
            return new RequestException(StatusCodes.Status414UriTooLong, FormattableString.Invariant($"the address is longer than {Listening.MaxTargetBytes} bytes"));
        var size = 0;
        foreach (var (key, values) in request.Headers)
            foreach (var value in values) size += key.Length + (value?.Length ?? 0) + 4;
        if (size > settings.MaxHeaderKb * 1024)
            return new RequestException(StatusCodes.Status431RequestHeaderFieldsTooLarge, FormattableString.Invariant($"the headers are larger than {settings.MaxHeaderKb} KiB"));
        if (!IsOurHost(request)) return new RequestException(StatusCodes.Status421MisdirectedRequest, "this server does not answer for the host that the request names");
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site == "cross-site") return new RequestException(StatusCodes.Status403Forbidden, "requests of other web sites are not taken");
        if (keys.Admits(request) || request.Path.StartsWithSegments("/v2/health", StringComparison.Ordinal)) return null;
        context.Response.Headers.WWWAuthenticate = request.Path == "/" ? "Basic realm=\"QuantGrad\", charset=\"UTF-8\"" : "Bearer";
        return new RequestException(StatusCodes.Status401Unauthorized, ErrorAnswer.Words(StatusCodes.Status401Unauthorized));
    }

    /// <summary>A page of another site can point its own name at this machine; its requests then carry that name.</summary>
    private bool IsOurHost(HttpRequest request)
    {
        if (request.Headers.Host == ourHost) return true;
        var ours = IsOurHost(request.Host.Host);
        if (ours) ourHost = request.Headers.Host;
        return ours;
    }

    private bool IsOurHost(string host)
    {
        if (host.Length == 0 || (settings.AllowedHosts.Count == 0 && !loopback)) return true; // HTTP/1.0 may leave the host out; no web page can
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host == settings.Address || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            || settings.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
    }

    private void Log(HttpContext context, long begun)
    {
        var (id, method, path, status) = (context.TraceIdentifier, context.Request.Method, RequestException.Shown(context.Request.Path.Value ?? ""), context.Response.StatusCode);
        var milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (status >= 400) Refused(id, method, path, status, milliseconds);
        else Answered(id, method, path, status, milliseconds);
    }

    [LoggerMessage(10, LogLevel.Information, "{RequestId} {Method} {Path} {Status} in {Milliseconds} ms")]
    private partial void Answered(string requestId, string method, string path, int status, double milliseconds);

    [LoggerMessage(11, LogLevel.Warning, "{RequestId} {Method} {Path} {Status} in {Milliseconds} ms")]
    private partial void Refused(string requestId, string method, string path, int status, double milliseconds);

    [LoggerMessage(12, LogLevel.Error, "{RequestId} {Method} {Path} failed")]
    private partial void Failed(Exception failure, string requestId, string method, string path);
}

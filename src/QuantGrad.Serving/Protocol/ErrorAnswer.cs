using System.Text.Encodings.Web;
using System.Text.Json;

namespace QuantGrad.Serving.Protocol;

/// <summary>Every error is <c>{"error": "…"}</c>.</summary>
internal static class ErrorAnswer
{
    /// <summary>Writes an error; nothing where the answer has begun already.</summary>
    public static async Task Write(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted) return;
        var response = context.Response;
        response.StatusCode = status;
        if (status == StatusCodes.Status429TooManyRequests) response.Headers.RetryAfter = "1";
        if (HttpMethods.IsHead(context.Request.Method)) return;
        response.ContentType = "application/json";
        response.Headers["X-Request-Id"] = context.TraceIdentifier;
        response.Headers.XContentTypeOptions = "nosniff"; // names of the request are echoed: no browser may read them as a page
        var body = Body(message);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What a status says by itself.</summary>
    public static string Words(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "the request is not valid",
        StatusCodes.Status401Unauthorized => "an API key is needed: Authorization: Bearer KEY",
        StatusCodes.Status403Forbidden => "this request is not allowed",
        StatusCodes.Status404NotFound => "there is nothing at this address",
        StatusCodes.Status405MethodNotAllowed => "this address does not take this method",
        StatusCodes.Status408RequestTimeout => "the body took too long",
        StatusCodes.Status413PayloadTooLarge => "the body is too large",
        StatusCodes.Status415UnsupportedMediaType => "this content is not taken here",
        StatusCodes.Status429TooManyRequests => "too many requests at the same time: try again in a second",
        StatusCodes.Status503ServiceUnavailable => "the server is not ready",
        _ => "the server has failed",
    };

    private static byte[] Body(string message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}

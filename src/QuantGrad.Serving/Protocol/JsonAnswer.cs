using System.Buffers;
using System.Text.Json;

namespace QuantGrad.Serving.Protocol;

/// <summary>Answers that are small and rare: written whole, then sent with their length.</summary>
internal static class JsonAnswer
{
    public static Task Write(HttpContext context, Action<Utf8JsonWriter> write) => Send(context, json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    });

    public static Task WriteArray(HttpContext context, Action<Utf8JsonWriter> write) => Send(context, json =>
    {
        json.WriteStartArray();
        write(json);
        json.WriteEndArray();
    });

    public static Task Text(HttpContext context, string contentType, byte[] body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static Task Send(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Text(context, "application/json", bytes.WrittenSpan.ToArray());
    }
}

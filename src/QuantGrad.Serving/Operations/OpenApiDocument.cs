using QuantGrad.Serving.Protocol;

namespace QuantGrad.Serving.Operations;

/// <summary><c>GET /openapi.json</c>: the description of every address; a test holds it and the routes together.</summary>
internal static class OpenApiDocument
{
    /// <summary>The document's bytes.</summary>
    public static byte[] Bytes { get; } = EmbeddedFile.Read("openapi.json");

    public static Task Answer(HttpContext context) => JsonAnswer.Text(context, "application/json", Bytes);
}

/// <summary>Files that are part of the program.</summary>
internal static class EmbeddedFile
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

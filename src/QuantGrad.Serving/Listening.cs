using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace QuantGrad.Serving;

/// <summary>The socket, its limits and its certificate.</summary>
internal static class Listening
{
    /// <summary>Kestrel refuses beyond its limits without a word; ours are a quarter, so that what is just too large gets a JSON answer.</summary>
    public const int Slack = 4;

    /// <summary>Longest path and query that is answered, bytes.</summary>
    public const int MaxTargetBytes = 8 << 10;

    public static void Configure(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = Slack * settings.MaxHeaderKb * 1024;
        kestrel.Limits.MaxRequestLineSize = Slack * MaxTargetBytes;
        kestrel.Limits.MaxRequestBufferSize = Math.Max(1 << 20, 2 * Slack * settings.MaxHeaderKb * 1024);
        kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(120);
        kestrel.Limits.MinRequestBodyDataRate = null; // the whole body has its own time limit
        kestrel.Listen(IPAddress.Parse(settings.Address), settings.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            if (settings.TlsCertificate is null) listen.Protocols = HttpProtocols.Http1;
            else listen.UseHttps(Certificate(settings), https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        });
    }

    private static X509Certificate2 Certificate(ServerSettings settings)
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(settings.TlsCertificate!, settings.TlsKey);
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null); // Windows cannot use a key that lives in memory alone
        }
        catch (System.Security.Cryptography.CryptographicException failure)
        {
            throw new UsageException($"tls_certificate {settings.TlsCertificate} and tls_key {settings.TlsKey} are not a PEM certificate and its key: {failure.Message}", failure);
        }
    }
}

using System.Net;

namespace QuantGrad.Serving;

/// <summary>What settings must hold together before a socket is opened.</summary>
internal static class SettingsCheck
{
    /// <summary>Checks settings.</summary>
    /// <exception cref="UsageException">Names the setting, what was found and what would be right.</exception>
    public static void Check(ServerSettings settings)
    {
        Require(settings.Models.Length > 0, "models", "nothing", "the folder of the model repository");
        Require(Directory.Exists(settings.Models), "models", $"'{settings.Models}'", "a folder that exists: NAME/VERSION/model.onnx + manifest.json");
        Require(IPAddress.TryParse(settings.Address, out var address), "address", $"'{settings.Address}'", "an IP address such as 127.0.0.1 or 0.0.0.0");
        Require(settings.Port is >= 0 and <= 65535, "port", settings.Port, "0 to 65535");
        foreach (var hash in settings.ApiKeySha256)
            Require(hash.Length == 64 && hash.All(char.IsAsciiHexDigit), "api_key_sha256", "something else", "64 hexadecimal digits (quantgrad serve --new-key makes a key and its hash)");
        Require(settings.TlsCertificate is null == settings.TlsKey is null, "tls_key", "one of two", "tls_certificate and tls_key together");
        foreach (var file in new[] { settings.TlsCertificate, settings.TlsKey })
            Require(file is null || File.Exists(file), "tls_certificate", $"'{file}'", "a PEM file that exists");
        Require(settings.ReloadSeconds is >= 0.01 and <= 3600, "reload_seconds", settings.ReloadSeconds, "0.01 to 3600");
        Require(settings.MaxBodyMb is > 0 and <= 1024, "max_body_mb", settings.MaxBodyMb, "more than 0, at most 1024");
        Require(settings.MaxHeaderKb is >= 1 and <= 256, "max_header_kb", settings.MaxHeaderKb, "1 to 256");
        foreach (var (key, value) in new[]
        {
            ("max_rows", settings.MaxRows), ("max_concurrent", settings.MaxConcurrent), ("max_connections", settings.MaxConnections), ("max_bars", settings.MaxBars),
            ("max_streams", settings.MaxStreams), ("max_stream_symbols", settings.MaxStreamSymbols),
        })
            Require(value >= 1, key, value, "1 or more");
        Require(settings.BodyTimeoutSeconds > 0, "body_timeout_seconds", settings.BodyTimeoutSeconds, "more than 0");
        Require(settings.ShutdownSeconds >= 0, "shutdown_seconds", settings.ShutdownSeconds, "0 or more");
        Require(settings.OtlpEndpoint is null || Uri.TryCreate(settings.OtlpEndpoint, UriKind.Absolute, out _), "otlp_endpoint", $"'{settings.OtlpEndpoint}'", "an address such as http://localhost:4317");
        if (!IPAddress.IsLoopback(address!) && settings.ApiKeySha256.Count == 0 && !settings.AllowAnonymous)
        {
            throw new UsageException($"address is {settings.Address}, which others can reach, and no API key is set. Set api_key_sha256 (quantgrad serve --new-key makes a key), "
                + "or allow_anonymous to let anybody in, or leave the address at 127.0.0.1.");
        }
    }

    private static void Require(bool holds, string key, object found, string right)
    {
        if (!holds) throw new UsageException(FormattableString.Invariant($"The server's setting {key} is {found}; expected {right}."));
    }
}

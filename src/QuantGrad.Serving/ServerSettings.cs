namespace QuantGrad.Serving;

/// <summary>What a server is told. Every value has a default but the folder of models; names in files and variables are snake_case.</summary>
public sealed record ServerSettings
{
    /// <summary>The model repository: <c>NAME/VERSION/model.onnx</c> + <c>manifest.json</c>.</summary>
    public required string Models { get; init; }

    /// <summary>Where it listens; 127.0.0.1 unless set, so that nobody else reaches it.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one. Triton's HTTP port is the default.</summary>
    public int Port { get; init; } = 8000;

    /// <summary>SHA-256 of each API key, 64 hexadecimal digits. Keys are asked for as soon as one is set.</summary>
    public IReadOnlyList<string> ApiKeySha256 { get; init; } = [];

    /// <summary>Lets anybody in although the address is not loopback and no key is set.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>Host names that requests may name, beside the address itself and localhost; empty with a public address: any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>PEM file of the certificate chain; with it the server speaks HTTPS only.</summary>
    public string? TlsCertificate { get; init; }

    /// <summary>PEM file of the certificate's private key.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Serves ONNX models without our manifest too (still without external data or custom domains).</summary>
    public bool AllowForeignModels { get; init; }

    /// <summary>Seconds between two looks at the repository.</summary>
    public double ReloadSeconds { get; init; } = 1;

    /// <summary>Largest body, MiB.</summary>
    public double MaxBodyMb { get; init; } = 16;

    /// <summary>Largest set of request headers, KiB.</summary>
    public int MaxHeaderKb { get; init; } = 16;

    /// <summary>Most rows of one inference.</summary>
    public int MaxRows { get; init; } = 65_536;

    /// <summary>Inferences in work at the same time; one more is answered 429.</summary>
    public int MaxConcurrent { get; init; } = 256;

    /// <summary>Open connections; one more is closed.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Seconds a body may take.</summary>
    public double BodyTimeoutSeconds { get; init; } = 10;

    /// <summary>Bars that one signal request may hold, over all symbols.</summary>
    public int MaxBars { get; init; } = 1_000_000;

    /// <summary>Streams kept at the same time, over all models.</summary>
    public int MaxStreams { get; init; } = 256;

    /// <summary>Symbols of one stream.</summary>
    public int MaxStreamSymbols { get; init; } = 2_000;

    /// <summary>Seconds that requests in flight get when the server stops.</summary>
    public double ShutdownSeconds { get; init; } = 30;

    /// <summary>Logs every request, not only the refused and failed ones.</summary>
    public bool LogRequests { get; init; }

    /// <summary>Where traces go: http://localhost:4317 for OTLP over gRPC, http://localhost:4318/v1/traces over HTTP; none without it.</summary>
    public string? OtlpEndpoint { get; init; }

    internal int MaxBodyBytes => (int)(MaxBodyMb * (1 << 20));
}

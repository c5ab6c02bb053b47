using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using QuantGrad.Serving;
using QuantGrad.Serving.Security;

namespace QuantGrad.EndToEnd.Tests.Serving;

public sealed class SafetyTests
{
    [Fact]
    public async Task Keys_AskedFor_ByEveryWayIn()
    {
        var (key, hash) = ApiKeys.Make();
        var (other, _) = ApiKeys.Make();
        await using var served = await ServedRepository.Start(change: settings => settings with { ApiKeySha256 = [new string('0', 64), hash] });
        Assert.Equal(401, (await served.Get("/v2")).Status);
        Assert.Equal(200, (await served.Get("/v2/health/live")).Status);
        Assert.Equal(401, (await served.Post("/v2/models/tiny/infer", "{}")).Status);
        foreach (var (scheme, value, status) in new[]
        {
            ("Bearer", key, 200), ("Bearer", other, 401), ("Bearer", hash, 401), ("Bearer", key[..^1], 401), ("Bearer", new string('x', 5000), 401), ("Digest", key, 401),
            ("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"me:{key}")), 200), ("Basic", "%%%", 401),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v2") { Headers = { Authorization = new AuthenticationHeaderValue(scheme, value) } };
            using var answer = await served.Client.SendAsync(request);
            Assert.True(status == (int)answer.StatusCode, $"{scheme}: {answer.StatusCode}");
        }

        served.Client.DefaultRequestHeaders.Add("X-Api-Key", key);
        Assert.Equal(200, (await served.Get("/v2")).Status);
    }

    [Theory]
    [InlineData("0.0.0.0", false, false)]
    [InlineData("::", false, false)]
    [InlineData("0.0.0.0", true, true)]
    [InlineData("127.0.0.1", false, true)]
    public void Settings_PublicAddressWithoutKey_IsRefusedUnlessSaidByName(string address, bool anonymous, bool fine)
    {
        var settings = new ServerSettings { Models = Path.GetTempPath(), Address = address, AllowAnonymous = anonymous };
        if (fine) SettingsCheck.Check(settings);
        else Assert.Contains("no API key is set", Assert.Throws<UsageException>(() => SettingsCheck.Check(settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_FileVariablesAndCommandLine_TheLaterHolds()
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad-settings");
        var file = Path.Combine(folder.FullName, "serve.json");
        File.WriteAllText(file, $$"""{ "port": 1, "max_rows": 5, "allow_anonymous": true, "api_key_sha256": ["{{new string('a', 64)}}"], "max_body_mb": 0.5 /* half */ }""");
        var settings = SettingsReader.Read(
            file, [new("QUANTGRAD_SERVE_PORT", "2"), new("QUANTGRAD_SERVE_MAX_ROWS", "6"), new("PATH", "x")], [new("port", "3"), new("models", folder.FullName)]);
        Assert.Equal((3, 6, true, 0.5), (settings.Port, settings.MaxRows, settings.AllowAnonymous, settings.MaxBodyMb));
        Assert.Equal(new string('a', 64), Assert.Single(settings.ApiKeySha256));
        var unknown = Assert.Throws<UsageException>(() => SettingsReader.Read(null, [new("QUANTGRAD_SERVE_PROT", "2")], []));
        Assert.Contains("QUANTGRAD_SERVE_PROT: 'prot' is no setting of the server; did you mean 'port'?", unknown.Message, StringComparison.Ordinal);
        Assert.StartsWith("--set foo=1: 'foo' is no setting of the server; expected one of models, address, port, ", Assert.Throws<UsageException>(() => SettingsReader.Read(null, [], [new("foo", "1")])).Message, StringComparison.Ordinal);
        Assert.Contains("--set max_rows=many: found 'many', expected a whole number", Assert.Throws<UsageException>(() => SettingsReader.Read(null, [], [new("max_rows", "many")])).Message, StringComparison.Ordinal);
        Assert.Contains("models is nothing", Assert.Throws<UsageException>(() => SettingsReader.Read(null, [], [])).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Settings_SampleOfTheSystemdUnit_IsTaken()
    {
        var unit = File.ReadAllLines(Repository.At("src/QuantGrad.Serving/deploy/quantgrad.service")).Where(line => line.Contains('=') && line[0] != '#').Select(line => line.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
        var sample = Repository.At($"src/QuantGrad.Serving/deploy/{Path.GetFileName(unit["ExecStart"].Single().Split("--config ")[1])}");
        var variables = unit["Environment"].Select(text => text.Split('=')).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]));
        var settings = SettingsReader.Read(sample, variables, [new("models", Path.GetTempPath())]);
        Assert.Equal(("127.0.0.1", 8000), (settings.Address, settings.Port));
        Assert.True(settings.ShutdownSeconds < int.Parse(unit["TimeoutStopSec"].Single(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Tls_WithCertificate_SpeaksHttpsOnly()
    {
        var folder = Directory.CreateTempSubdirectory("quantgrad-tls");
        using (var rsa = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
            File.WriteAllText(Path.Combine(folder.FullName, "cert.pem"), made.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder.FullName, "key.pem"), rsa.ExportPkcs8PrivateKeyPem());
        }

        await using var served = await ServedRepository.Start(change: settings => settings with { TlsCertificate = Path.Combine(folder.FullName, "cert.pem"), TlsKey = Path.Combine(folder.FullName, "key.pem") });
        Assert.Equal("https", served.Server.Address.Scheme);
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.FullName, "cert.pem"));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { trusted } };
        using var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        using var client = new HttpClient(handler) { BaseAddress = served.Server.Address };
        Assert.Contains("ready", await client.GetStringAsync("/v2/health/ready"), StringComparison.Ordinal);
        Assert.Equal(0, (await served.Raw("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n")).Status);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task RequestId_OfTheClient_ComesBack_UnlessItIsUnfit()
    {
        await using var served = await ServedRepository.Start();
        foreach (var (given, kept) in new[] { ("abc-123", true), (new string('x', 100), false), ("a b", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v2");
            request.Headers.TryAddWithoutValidation("X-Request-Id", given);
            using var answer = await served.Client.SendAsync(request);
            Assert.Equal(kept, answer.Headers.TryGetValues("X-Request-Id", out var id) && id.Single() == given);
        }

        using var refused = await served.Client.GetAsync("/nowhere");
        Assert.NotEmpty(refused.Headers.GetValues("X-Request-Id").Single());
    }
}

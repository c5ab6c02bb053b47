using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace QuantGrad.Serving.Security;

/// <summary>
/// Who may ask. Only hashes are kept; a presented key is hashed and compared with every one of them in constant time. A key is 256
/// random bits, so a plain SHA-256 cannot be searched backwards.
/// </summary>
internal sealed class ApiKeys(ServerSettings settings)
{
    private const int KeyBytes = 32;
    private const int LongestKey = 512;
    private readonly byte[][] hashes = [.. settings.ApiKeySha256.Select(Convert.FromHexString)];

    /// <summary>Whether keys are asked for.</summary>
    public bool Required => hashes.Length > 0;

    /// <summary>Makes a key and its hash.</summary>
    public static (string Key, string Sha256) Make()
    {
        var key = "qg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        return (key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
    }

    /// <summary>Whether a request brings a key that is known: as a bearer token, in X-Api-Key, or as the password a browser asks for.</summary>
    public bool Admits(HttpRequest request)
    {
        if (!Required) return true;
        var key = Presented(request);
        if (key is null || key.Length > LongestKey) return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);
        var admitted = false;
        foreach (var known in hashes) admitted |= CryptographicOperations.FixedTimeEquals(hash, known);
        return admitted;
    }

    private static string? Presented(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-Api-Key", out var direct)) return direct.Count == 1 ? direct[0] : null;
        if (request.Headers.Authorization.Count != 1 || !AuthenticationHeaderValue.TryParse(request.Headers.Authorization[0], out var header) || header.Parameter is null) return null;
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return header.Parameter;
        if (!header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)) return null;
        var decoded = new byte[header.Parameter.Length];
        if (!Convert.TryFromBase64String(header.Parameter, decoded, out var length)) return null;
        var pair = Encoding.UTF8.GetString(decoded, 0, length);
        return pair[(pair.IndexOf(':') + 1)..];
    }
}

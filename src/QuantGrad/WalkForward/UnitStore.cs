using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>
/// The finished units of a run, one file each, named by the hash of all that they depend on. A file is there whole or not at all, so that resuming a run is
/// "skip what exists", on this machine or gathered from others.
/// </summary>
/// <param name="folder">The run's <c>units</c> folder.</param>
/// <param name="strategyHash">Hash of the strategy.</param>
/// <param name="dataHash">Hash of the prices.</param>
/// <param name="codeVersion">Version of the program.</param>
internal sealed class UnitStore(string folder, string strategyHash, string dataHash, string codeVersion)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The key of a unit: the first 16 hexadecimal digits of the SHA-256 of what it depends on.</summary>
    public string Key(int fold, int seed)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{strategyHash}\n{dataHash}\n{codeVersion}\n{fold}\n{seed}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
    }

    /// <summary>The unit's file.</summary>
    public string PathOf(int fold, int seed) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"fold{fold:d3}-seed{seed:d3}-{Key(fold, seed)}.json"));

    /// <summary>The unit, or null where it is not finished. A file that cannot be read is not finished either, and is written again.</summary>
    public TrainedUnit? Read(int fold, int seed)
    {
        var path = PathOf(fold, seed);
        if (!File.Exists(path)) return null;
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<TrainedUnit>(stream, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Publishes a finished unit.</summary>
    public void Write(TrainedUnit unit) => PublishedFile.Write(PathOf(unit.Fold, unit.Seed), stream => JsonSerializer.Serialize(stream, unit, Json));
}

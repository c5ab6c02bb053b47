using System.Text.Json;

namespace QuantGrad.Strategies;

/// <summary>Names in files are snake_case, but for two optimisers that everybody writes in one word.</summary>
internal sealed class FileNaming : JsonNamingPolicy
{
    /// <summary>The one instance.</summary>
    public static FileNaming Instance { get; } = new();

    /// <inheritdoc/>
    public override string ConvertName(string name) => name switch
    {
        "AdamW" => "adamw",
        "RmsProp" => "rmsprop",
        _ => SnakeCaseLower.ConvertName(name),
    };
}

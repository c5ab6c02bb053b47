using System.Text.RegularExpressions;

namespace QuantGrad.MarketData;

/// <summary>The symbol that a file's name stands for.</summary>
internal static partial class SymbolNames
{
    /// <summary>The name without <c>.csv</c>, <c>.txt</c>, <c>.gz</c> and <c>.zip</c>; Binance's <c>BTCUSDT-1d-2024-01</c> is BTCUSDT, so that its months join.</summary>
    internal static string OfFile(string path, string source)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in (string[])[".gz", ".zip", ".csv", ".txt"])
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        return source == "binance" && BinanceArchive().Match(name) is { Success: true } match ? match.Groups["symbol"].Value : name;
    }

    [GeneratedRegex(@"^(?<symbol>[A-Z0-9]+)-\d+[smhdwMo]+-\d{4}(?:-\d{2}){0,2}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BinanceArchive();
}

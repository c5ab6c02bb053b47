using System.Globalization;

namespace QuantGrad.Serving.Protocol;

/// <summary>The input of a model that asks which symbol a row is of: the place in the manifest's list, which the graph looks up in a table.</summary>
internal static class SymbolInput
{
    /// <summary>Checks the symbol of every row; the graph takes a fraction for the place before it and a place outside its table for a symbol that it has not seen.</summary>
    /// <exception cref="RequestException">One is no place; names the row.</exception>
    public static void Check(InferCall call)
    {
        var column = call.Version.SymbolColumn;
        if (column < 0) return;
        var manifest = call.Version.Bundle!.Manifest;
        var (width, symbols) = (manifest.Features.Count, manifest.Market.Symbols.Count);
        var values = call.Binding.Input<float>();
        for (var at = column; at < values.Length; at += width)
        {
            var place = values[at];
            if (place >= -1 && place < symbols && place == MathF.Floor(place)) continue;
            throw RequestException.Invalid(string.Create(CultureInfo.InvariantCulture,
                $"'{manifest.Features[column].Name}' of row {at / width} is {place}; expected a whole number from 0 to {symbols - 1}, a place in the manifest's market.symbols, or -1 for a symbol that is not among them"));
        }
    }
}

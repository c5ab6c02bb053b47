using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Momentum;
using QuantGrad.Indicators.Statistics;
using QuantGrad.Indicators.Volatility;
using QuantGrad.Indicators.Volume;

namespace QuantGrad.Indicators;

/// <summary>All indicators by name.</summary>
public static class IndicatorCatalog
{
    /// <summary>Every definition, in the catalogue's order.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Lag.Definition, Ret.Definition, Vol.Definition, EwmVol.Definition, EwmMean.Definition, EwmStd.Definition, RollingSum.Definition,
        RollingMin.Definition, RollingMax.Definition, RollingStd.Definition, ZScore.Definition, MacdNormalized.Definition, VolumeRatio.Definition,
        Sma.Definition, Ema.Definition, Rsi.Definition, Macd.Definition, BollingerBands.Definition, TrueRange.Definition, Atr.Definition,
        Roc.Definition, Stoch.Definition,
    ];

    private static readonly Dictionary<string, IndicatorDefinition> ByName = All
        .SelectMany(static d => d.Aliases.Prepend(d.Name).Select(name => (Key: Normalize(name), Definition: d)))
        .ToDictionary(static entry => entry.Key, static entry => entry.Definition, StringComparer.Ordinal);

    /// <summary>Every name and alias.</summary>
    public static IEnumerable<string> Names => All.SelectMany(static d => d.Aliases.Prepend(d.Name));

    /// <summary>The definition of that name or alias (upper case and underscores do not matter), or null.</summary>
    public static IndicatorDefinition? Find(string name) => ByName.GetValueOrDefault(Normalize(name));

    /// <summary>A name without underscores, in lower case: <c>percentB</c>, <c>percent_b</c> and <c>PercentB</c> are one.</summary>
    internal static string Normalize(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}

using QuantGrad.Indicators.Averages;
using QuantGrad.Indicators.Momentum;
using QuantGrad.Indicators.Prices;
using QuantGrad.Indicators.Statistics;
using QuantGrad.Indicators.Trend;
using QuantGrad.Indicators.Volatility;
using QuantGrad.Indicators.Volume;

namespace QuantGrad.Indicators;

/// <summary>All indicators by name.</summary>
public static class IndicatorCatalog
{
    /// <summary>Every definition, in the catalogue's order.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        // QuantGrad's own, in pandas' conventions.
        Lag.Definition, Ret.Definition, Vol.Definition, EwmVol.Definition, EwmMean.Definition, EwmStd.Definition, RollingSum.Definition,
        RollingMin.Definition, RollingMax.Definition, RollingStd.Definition, ZScore.Definition, MacdNormalized.Definition, VolumeRatio.Definition,

        // Averages, as in Stock.Indicators.
        Alligator.Definition, Alma.Definition, Dema.Definition, Dynamic.Definition, Ema.Definition, Epma.Definition, Gator.Definition, Hma.Definition,
        HtTrendline.Definition, Kama.Definition, MaEnvelopes.Definition, Mama.Definition, Sma.Definition, Smma.Definition, T3.Definition,
        Tema.Definition, Vwap.Definition, Vwma.Definition, Wma.Definition,

        // Momentum, as in Stock.Indicators.
        Awesome.Definition, Bop.Definition, Cci.Definition, Cmo.Definition, ConnorsRsi.Definition, FisherTransform.Definition, Macd.Definition,
        Pmo.Definition, Prs.Definition, Roc.Definition, RocWb.Definition, Rsi.Definition, Smi.Definition, Stc.Definition, Stoch.Definition,
        StochRsi.Definition, Trix.Definition, Tsi.Definition, Ultimate.Definition, WilliamsR.Definition,

        // Trend, as in Stock.Indicators.
        Adx.Definition, Aroon.Definition, AtrStop.Definition, Chandelier.Definition, ElderRay.Definition, Ichimoku.Definition,
        ParabolicSar.Definition, SuperTrend.Definition, VolatilityStop.Definition, Vortex.Definition,

        // Volatility, as in Stock.Indicators.
        Atr.Definition, BollingerBands.Definition, Chop.Definition, Donchian.Definition, Fcb.Definition, Keltner.Definition, StarcBands.Definition,
        TrueRange.Definition, UlcerIndex.Definition,

        // Volume, as in Stock.Indicators.
        Adl.Definition, ChaikinOsc.Definition, Cmf.Definition, ForceIndex.Definition, Kvo.Definition, Mfi.Definition, Obv.Definition, Pvo.Definition,

        // Statistics, as in Stock.Indicators.
        Beta.Definition, Correlation.Definition, Hurst.Definition, Slope.Definition, SmaAnalysis.Definition, StdDev.Definition,

        // Prices, as in Stock.Indicators.
        BarPart.Definition, Doji.Definition, HeikinAshi.Definition, Marubozu.Definition, PivotPoints.Definition, RollingPivots.Definition,
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

namespace QuantGrad.Indicators;

/// <summary>Well-known indicators that use later bars, or redraw what they have shown: refused by name, with the reason.</summary>
internal static class RefusedIndicators
{
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["zigzag"] = "a turning point is known only once later bars have moved away from it; donchian(n) or super_trend(n) show the swing so far",
        ["fractal"] = "a fractal is confirmed by the bars after it; fcb(n) gives the bands of the fractals confirmed so far",
        ["pivots"] = "a pivot is confirmed by the bars after it; rolling_pivots(n) and donchian(n) use earlier bars only",
        ["renko"] = "its bricks stand on a time line of their own and the last one is redrawn; there is no value for each bar",
        ["renkoatr"] = "its brick size comes from the end of the data, so that later bars redraw every brick",
        ["dpo"] = "it compares the close with an average centred in the future; close - sma(close, n) looks back only",
        ["stdevchannels"] = "its line is fitted backwards from the end of the data, so that later bars redraw it; slope(n) and stdev(n) do not",
        ["ichimoku.chikouspan"] = "the chikou span is the close of 26 bars later; lag(close, 26) is its past counterpart",
        ["slope.line"] = "the line is drawn from the end of the data, so that later bars redraw it; epma(n) is its end point at each bar",
        ["lead"] = "it would read later bars; lag(x, n) reads earlier ones",
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["fractals"] = "fractal", ["pivot"] = "pivots", ["stddevchannels"] = "stdevchannels", ["williamsfractal"] = "fractal",
        ["detrendedpriceoscillator"] = "dpo", ["shift"] = "lead", ["future"] = "lead", ["next"] = "lead", ["ichimoku.chikou"] = "ichimoku.chikouspan",
    };

    /// <summary>Every refused name.</summary>
    public static IReadOnlyDictionary<string, string> All => Reasons;

    /// <summary>The sentence that refuses it; null where the name is not one of these.</summary>
    public static string? Reason(string name)
    {
        var key = IndicatorCatalog.Normalize(name);
        return Reasons.TryGetValue(Aliases.GetValueOrDefault(key, key), out var reason) ? $"'{name}' is refused because it looks ahead: {reason}" : null;
    }
}

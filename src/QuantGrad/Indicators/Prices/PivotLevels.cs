namespace QuantGrad.Indicators.Prices;

/// <summary>How pivot levels are computed.</summary>
internal enum PivotType
{
    Standard,
    Camarilla,
    Demark,
    Fibonacci,
    Woodie,
}

/// <summary>Support and resistance levels of a window of bars.</summary>
internal static class PivotLevels
{
    /// <summary>Writes pp, s1 to s4, r1 to r4; NaN for levels that the type does not have.</summary>
    public static void Write(PivotType type, double open, double high, double low, double close, double nextOpen, Span<double> levels)
    {
        levels.Fill(double.NaN);
        var range = high - low;
        switch (type)
        {
            case PivotType.Camarilla:
                levels[0] = close;
                Around(levels, close, 1.1 * range, 1.0 / 12, 1.0 / 6, 1.0 / 4, 1.0 / 2);
                break;
            case PivotType.Demark:
                var x = close < open ? high + 2 * low + close : close > open ? 2 * high + low + close : high + low + 2 * close;
                levels[0] = x / 4;
                levels[1] = x / 2 - high;
                levels[5] = x / 2 - low;
                break;
            case PivotType.Fibonacci:
                levels[0] = (high + low + close) / 3;
                Around(levels, levels[0], range, 0.382, 0.618, 1);
                break;
            default:
                levels[0] = type == PivotType.Woodie ? (high + low + 2 * nextOpen) / 4 : (high + low + close) / 3;
                levels[1] = 2 * levels[0] - high;
                levels[2] = levels[0] - range;
                levels[3] = low - 2 * (high - levels[0]);
                levels[5] = 2 * levels[0] - low;
                levels[6] = levels[0] + range;
                levels[7] = high + 2 * (levels[0] - low);
                break;
        }
    }

    private static void Around(Span<double> levels, double centre, double range, params ReadOnlySpan<double> shares)
    {
        for (var i = 0; i < shares.Length; i++)
        {
            levels[1 + i] = centre - shares[i] * range;
            levels[5 + i] = centre + shares[i] * range;
        }
    }
}

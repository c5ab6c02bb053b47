namespace QuantGrad.Metrics.Relative;

/// <summary>Scales one series to the volatility of another over the same rows, so that two equities can be compared by eye.</summary>
public static class VolatilityMatch
{
    /// <summary>returns·std(like)/std(returns); its Sharpe ratio is unchanged.</summary>
    /// <param name="returns">The series to scale, such as buy and hold, <c>[T]</c>.</param>
    /// <param name="like">The series whose volatility it takes, <c>[T]</c>.</param>
    /// <returns>The scaled returns, or null where either has no spread or was ruined.</returns>
    public static double[]? Of(double[] returns, double[] like)
    {
        var (from, to) = (Moments.Of(returns), Moments.Of(like));
        if (from.WhyNoRatio is not null || to.WhyNoRatio is not null || from.HasRuin || to.HasRuin) return null;
        var factor = to.StandardDeviation / from.StandardDeviation;
        return Array.ConvertAll(returns, r => r * factor);
    }
}

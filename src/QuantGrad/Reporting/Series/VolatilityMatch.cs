namespace QuantGrad.Reporting.Series;

/// <summary>A benchmark at the strategy's volatility, so that the two can be compared without the risk that each takes.</summary>
internal static class VolatilityMatch
{
    /// <summary>The benchmark's returns times std(strategy)/std(benchmark), over the rows where both are known; NaN elsewhere.</summary>
    /// <param name="strategy">Returns.</param>
    /// <param name="benchmark">Returns on the same rows.</param>
    public static double[] Scale(double[] strategy, double[] benchmark)
    {
        var scale = Deviation(strategy, benchmark, first: true) / Deviation(strategy, benchmark, first: false);
        return Array.ConvertAll(benchmark, r => r * scale);
    }

    /// <summary>(mean(strategy) − mean(matched benchmark)) · A: the return a year that the same risk in the benchmark did not give.</summary>
    public static double ExcessPerYear(double[] strategy, double[] benchmark, double periodsPerYear)
    {
        var matched = Scale(strategy, benchmark);
        double sum = 0;
        var count = 0;
        for (var row = 0; row < strategy.Length; row++)
        {
            if (!double.IsFinite(strategy[row]) || !double.IsFinite(matched[row])) continue;
            sum += strategy[row] - matched[row];
            count++;
        }

        return count < 2 ? double.NaN : sum / count * periodsPerYear;
    }

    private static double Deviation(double[] strategy, double[] benchmark, bool first)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var row = 0; row < strategy.Length; row++)
        {
            if (!double.IsFinite(strategy[row]) || !double.IsFinite(benchmark[row])) continue;
            var r = first ? strategy[row] : benchmark[row];
            sum += r;
            squares += r * r;
            count++;
        }

        var variance = (squares - sum * sum / count) / (count - 1);
        return variance > 0 ? Math.Sqrt(variance) : double.NaN;
    }
}

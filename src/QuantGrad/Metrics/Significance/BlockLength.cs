namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The mean block length of the stationary bootstrap (Politis and White 2004, as corrected by Patton, Politis and White 2009), with the
/// flat-top window and the choice of its width that they recommend.
/// </summary>
public static class BlockLength
{
    /// <summary>The shortest series that has a block length of its own; a shorter one takes 1.</summary>
    public const int MinimumObservations = 10;

    internal static readonly MetricDefinition Definition = new(
        "bootstrap_block", "Mean block of the bootstrap", "bars", "b = (2g²/d)^{1/3}·T^{1/3}, d = 2·Ω², flat-top window; between 1 and min(3√T, T/3)",
        "Politis and White (2004), corrected 2009", "fewer than 10 returns, or all of them the same",
        input => input.Net.Length < MinimumObservations ? MetricValue.Undefined("fewer than 10 returns")
            : input.Moments.WhyNoRatio is { } reason ? MetricValue.Undefined(reason)
            : MetricValue.Of(Automatic(input.Net)));

    /// <summary>The block length, at least 1.</summary>
    /// <param name="values">A series, <c>[T]</c>.</param>
    public static double Automatic(ReadOnlySpan<double> values)
    {
        var n = values.Length;
        if (n < MinimumObservations) return 1;
        var mean = Moments.Of(values).Mean;
        var deviations = new double[n];
        for (var t = 0; t < n; t++) deviations[t] = values[t] - mean;

        var run = Math.Max(5, (int)Math.Log10(n));
        var widest = Math.Min((int)Math.Ceiling(Math.Sqrt(n)) + run, n - 2);
        var covariance = new double[widest + 1];
        var correlation = new double[widest + 1];
        for (var k = 0; k <= widest; k++)
        {
            var product = Dot.Of(deviations.AsSpan(k), deviations.AsSpan(0, n - k));
            var late = deviations.AsSpan(k + 1);
            var early = deviations.AsSpan(0, n - k - 1);
            covariance[k] = product / n;
            correlation[k] = Math.Abs(product) / Math.Sqrt(Dot.Of(late, late) * Dot.Of(early, early));
        }

        var width = Width(correlation, run, 2 * Math.Sqrt(Math.Log10(n) / n));
        double g = 0, longRun = covariance[0];
        for (var k = 1; k <= width; k++)
        {
            var window = 2 * k <= width ? 1 : 2 * (1 - (double)k / width);
            g += 2 * window * k * covariance[k];
            longRun += 2 * window * covariance[k];
        }

        var block = Math.Cbrt(2 * g * g / (2 * longRun * longRun)) * Math.Cbrt(n);
        var limit = Math.Ceiling(Math.Min(3 * Math.Sqrt(n), n / 3.0));
        return double.IsNaN(block) ? 1 : Math.Clamp(block, 1, limit);
    }

    // Twice the first lag after which `run` correlations in a row are negligible; the widest window where there is none.
    private static int Width(double[] correlation, int run, double negligible)
    {
        var widest = correlation.Length - 1;
        var inARow = 0;
        for (var k = 0; k < widest; k++)
        {
            inARow = correlation[k] < negligible ? inARow + 1 : 0;
            if (inARow == run) return Math.Min(2 * Math.Max(k + 1 - run, 1), widest);
        }

        return widest;
    }
}

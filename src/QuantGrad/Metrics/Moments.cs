using System.Runtime.CompilerServices;

namespace QuantGrad.Metrics;

/// <summary>The first four moments of a sample, computed in two passes in the order of the rows.</summary>
/// <param name="Count">n.</param>
/// <param name="Mean">μ = Σr/n.</param>
/// <param name="Variance">Σ(r−μ)²/n, of the population (ddof 0).</param>
/// <param name="Skew">g3 = mean((r−μ)³)/σ³, biased.</param>
/// <param name="Kurtosis">g4 = mean((r−μ)⁴)/σ⁴, raw and biased: a normal sample has 3.</param>
public readonly record struct Moments(int Count, double Mean, double Variance, double Skew, double Kurtosis)
{
    // Equal returns leave a rounding error of this size in a variance; a ratio over it would be noise.
    private const double RelativeZero = 1e-12;

    /// <summary>Whether a value is −1 or less: of simple returns, a bar that took all equity.</summary>
    public bool HasRuin { get; private init; }

    /// <summary>Σ(r−μ)²/(n−1), of the sample (ddof 1); NaN for fewer than two returns.</summary>
    public double SampleVariance => Count < 2 ? double.NaN : Variance * Count / (Count - 1);

    /// <summary>√SampleVariance.</summary>
    public double StandardDeviation => Math.Sqrt(SampleVariance);

    /// <summary>Whether all returns are the same, up to rounding.</summary>
    public bool HasNoSpread => !(Math.Sqrt(Variance) > RelativeZero * Math.Abs(Mean));

    /// <summary>The moments of a sample; no allocation.</summary>
    /// <param name="values">The sample, <c>[n]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a page asks for those of thousands of windows in its first second
    public static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty) return new Moments(0, double.NaN, double.NaN, double.NaN, double.NaN);
        double sum = 0, lowest = double.PositiveInfinity;
        foreach (var value in values)
        {
            sum += value;
            lowest = Math.Min(lowest, value);
        }

        var mean = sum / values.Length;
        double second = 0, third = 0, fourth = 0;
        foreach (var value in values)
        {
            var d = value - mean;
            var d2 = d * d;
            second += d2;
            third += d2 * d;
            fourth += d2 * d2;
        }

        var variance = second / values.Length;
        return new Moments(
            values.Length, mean, variance, third / values.Length / (variance * Math.Sqrt(variance)), fourth / values.Length / (variance * variance))
        {
            HasRuin = lowest <= -1,
        };
    }

    /// <summary>Why a ratio to the standard deviation is undefined; null where it is defined.</summary>
    public string? WhyNoRatio =>
        Count < 2 ? MetricValue.FewerThanTwo
        : double.IsNaN(Variance) || double.IsInfinity(Variance) ? MetricValue.NotFinite
        : HasNoSpread ? MetricValue.NoSpread
        : null;

    /// <summary>(μ − risk-free)/std(ddof 1), an observation.</summary>
    /// <param name="riskFreePerPeriod">The risk-free return of one bar.</param>
    public MetricValue Sharpe(double riskFreePerPeriod = 0) =>
        WhyNoRatio is { } reason ? MetricValue.Undefined(reason) : MetricValue.Of(Returns.SharpeRatio.Formula(Mean - riskFreePerPeriod, SampleVariance));
}

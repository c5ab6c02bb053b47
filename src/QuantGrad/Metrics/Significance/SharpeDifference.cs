using QuantGrad.Autodiff;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// Whether two strategies on the same dates have different Sharpe ratios (Ledoit and Wolf 2008, "Robust performance hypothesis testing with the
/// Sharpe ratio"): the studentised bootstrap of the difference, rows drawn in pairs by the stationary bootstrap.
/// </summary>
/// <param name="Difference">First minus second, annual.</param>
/// <param name="Lower">Lower end of the symmetric interval, annual.</param>
/// <param name="Upper">Upper end of the symmetric interval, annual.</param>
/// <param name="PValue">Two-sided: (1 + resamples as far from the estimate as that is from 0)/(1 + resamples).</param>
public sealed record SharpeDifference(MetricValue Difference, MetricValue Lower, MetricValue Upper, MetricValue PValue)
{
    /// <summary>Tests the difference.</summary>
    /// <param name="first">Returns, <c>[T]</c>.</param>
    /// <param name="second">Returns on the same dates, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="resamples">How many resamples.</param>
    /// <param name="seed">The same seed gives the same result.</param>
    /// <param name="confidence">1 − α of the interval.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static SharpeDifference Of(double[] first, double[] second, double periodsPerYear, int resamples = 999, ulong seed = 1, double confidence = 0.95)
    {
        if (first.Length != second.Length)
            throw new ArgumentException(FormattableString.Invariant($"the series have {first.Length} and {second.Length} rows; they must be of the same dates"), nameof(second));
        if (first.Length < SharpeInterval.MinimumObservations) return Undefined("fewer than 10 returns");
        var (one, another) = (Moments.Of(first), Moments.Of(second));
        if (one.HasRuin || another.HasRuin) return Undefined(MetricValue.Ruined);
        if ((one.WhyNoRatio ?? another.WhyNoRatio) is { } reason) return Undefined(reason);

        var n = first.Length;
        var lag = NeweyWest.Lag(n);
        var (influence, other) = (new double[n], new double[n]);
        var difference = Influence(first, second, influence, other);
        var error = SharpeError.Error(influence, lag);
        if (!(error > 1e-12)) return Undefined("the two series move as one");

        var bootstrap = new StationaryBootstrap(n, BlockLength.Automatic(influence), new RandomStream(seed));
        var rows = new int[n];
        var (sampleFirst, sampleSecond) = (new double[n], new double[n]);
        var distances = new List<double>(resamples);
        for (var i = 0; i < resamples; i++)
        {
            bootstrap.Draw(rows);
            for (var t = 0; t < n; t++) (sampleFirst[t], sampleSecond[t]) = (first[rows[t]], second[rows[t]]);
            var resampled = Influence(sampleFirst, sampleSecond, influence, other);
            var distance = Math.Abs(resampled - difference) / SharpeError.Error(influence, lag);
            if (double.IsFinite(distance)) distances.Add(distance);
        }

        distances.Sort();
        var asFar = distances.Count(distance => distance >= Math.Abs(difference) / error);
        var annual = Math.Sqrt(periodsPerYear);
        var half = Quantile.OfSorted(distances.ToArray(), confidence) * error * annual;
        return new SharpeDifference(
            MetricValue.Of(difference * annual), MetricValue.Of(difference * annual - half), MetricValue.Of(difference * annual + half),
            MetricValue.Of((1.0 + asFar) / (1 + distances.Count)));
    }

    // The influence of a row on the difference is the difference of its influences on both ratios.
    private static double Influence(double[] first, double[] second, double[] influence, double[] other)
    {
        var difference = SharpeError.Influence(first, influence) - SharpeError.Influence(second, other);
        for (var t = 0; t < influence.Length; t++) influence[t] -= other[t];
        return difference;
    }

    /// <summary>A difference that cannot be known.</summary>
    /// <param name="reason">Why.</param>
    public static SharpeDifference Undefined(string reason)
    {
        var undefined = MetricValue.Undefined(reason);
        return new(undefined, undefined, undefined, undefined);
    }
}

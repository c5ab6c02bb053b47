using QuantGrad.Autodiff;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// Data snooping: is the best of K models better than the benchmark, or only the luckiest? White's Reality Check (2000) and Hansen's test for
/// superior predictive ability (2005), by the stationary bootstrap. The null hypothesis is that no model beats the benchmark. Take the
/// configurations as models and a baseline as benchmark to ask whether the choice found skill; take the baselines as models and the strategy
/// as benchmark to ask whether any baseline beats it (a small p is then bad news).
/// </summary>
/// <param name="RealityCheck">White's p-value: unstudentised, centred on every model.</param>
/// <param name="Lower">Hansen's liberal p-value: models worse than the benchmark are centred at 0.</param>
/// <param name="Consistent">Hansen's p-value, the one to report: models that are clearly worse are left out.</param>
/// <param name="Upper">Hansen's conservative p-value: every model is centred.</param>
/// <param name="Best">The index of the model with the largest studentised mean.</param>
public sealed record SuperiorPredictiveAbility(MetricValue RealityCheck, MetricValue Lower, MetricValue Consistent, MetricValue Upper, int Best)
{
    /// <summary>Tests the models against the benchmark.</summary>
    /// <param name="models">Returns of K models, <c>[K][T]</c>, at least one.</param>
    /// <param name="benchmark">Returns of the benchmark, <c>[T]</c>, of comparable volatility.</param>
    /// <param name="resamples">How many resamples.</param>
    /// <param name="seed">The same seed gives the same result.</param>
    /// <exception cref="ArgumentException">There is no model, or the lengths differ.</exception>
    public static SuperiorPredictiveAbility Of(IReadOnlyList<double[]> models, double[] benchmark, int resamples = 999, ulong seed = 1)
    {
        if (models.Count == 0) throw new ArgumentException("there is no model to compare", nameof(models));
        if (models.Any(model => model.Length != benchmark.Length)) throw new ArgumentException("a model has another length than the benchmark", nameof(models));
        var n = benchmark.Length;
        if (n < BlockLength.MinimumObservations) return Undefined("fewer than 10 returns");

        var better = models.Select(model => Relative.MarketModel.Active(model, benchmark)).ToArray();
        var block = better.Max(series => BlockLength.Automatic(series));
        var means = Array.ConvertAll(better, series => Moments.Of(series).Mean);
        var errors = Array.ConvertAll(better, series => Error(series, block));
        if (errors.Any(error => !(error > 0))) return Undefined("a model equals the benchmark, or differs from it by a constant");

        // √n·d̄/ω below this is clearly worse (Hansen 2005, eq. 10).
        var clearlyWorse = -Math.Sqrt(2 * Math.Log(Math.Log(n)));
        var root = Math.Sqrt(n);
        var statistic = Math.Max(0, means.Select((mean, k) => root * mean / errors[k]).Max());
        var unstudentized = means.Max(mean => root * mean);
        var bootstrap = new StationaryBootstrap(n, block, new RandomStream(seed));
        var rows = new int[n];
        int checks = 0, lower = 0, consistent = 0, upper = 0;
        for (var i = 0; i < resamples; i++)
        {
            bootstrap.Draw(rows);
            double white = double.NegativeInfinity, low = 0, middle = 0, high = 0;
            for (var k = 0; k < better.Length; k++)
            {
                var drawn = 0.0;
                foreach (var row in rows) drawn += better[k][row];
                drawn /= n;
                white = Math.Max(white, root * (drawn - means[k]));
                high = Math.Max(high, root * (drawn - means[k]) / errors[k]);
                low = Math.Max(low, root * (drawn - Math.Max(means[k], 0)) / errors[k]);
                middle = Math.Max(middle, root * (drawn - (root * means[k] / errors[k] >= clearlyWorse ? means[k] : 0)) / errors[k]);
            }

            if (white >= unstudentized) checks++;
            if (low >= statistic) lower++;
            if (middle >= statistic) consistent++;
            if (high >= statistic) upper++;
        }

        MetricValue P(int count) => MetricValue.Of((1.0 + count) / (1 + resamples));
        var best = Enumerable.Range(0, means.Length).MaxBy(k => means[k] / errors[k]);
        return new SuperiorPredictiveAbility(P(checks), P(lower), P(consistent), P(upper), best);
    }

    // ω: the square root of the variance that the stationary bootstrap gives √n·d̄ (Politis and Romano 1994, eq. 7).
    private static double Error(double[] series, double block)
    {
        var n = series.Length;
        var mean = Moments.Of(series).Mean;
        var stay = 1 - 1 / block;
        var variance = Returns.Autocorrelation.Autocovariance(series, mean, 0);
        var floor = variance;
        for (var k = 1; k < n && Math.Pow(stay, k) > 1e-10; k++)
        {
            var kernel = (double)(n - k) / n * Math.Pow(stay, k) + (double)k / n * Math.Pow(stay, n - k);
            variance += 2 * kernel * Returns.Autocorrelation.Autocovariance(series, mean, k);
        }

        // Strong alternation may leave a sum below what rounding resolves.
        return floor <= 1e-24 * mean * mean ? 0 : Math.Sqrt(Math.Max(variance, 1e-6 * floor));
    }

    private static SuperiorPredictiveAbility Undefined(string reason)
    {
        var undefined = MetricValue.Undefined(reason);
        return new(undefined, undefined, undefined, undefined, -1);
    }
}

using System.Globalization;

namespace QuantGrad.MarketData.Synthetic;

/// <summary>
/// The sample market: trends, volatility regimes, a common factor, gaps over night, and symbols that begin late or end early. With z the
/// shock of a bar (correlation c between symbols) and v the regime's volatility, R[t+1] = σ·v·(d + k·s[t] + z[t+1]) and
/// s[t+1] = φ·s[t] + √(1−φ²)·z[t+1]: past shocks add up to a trend that goes on for a while, so that the past tells of the future.
/// </summary>
internal static class RegimeMarket
{
    internal const double Drift = 0.03, TrendSize = 0.045, TrendMemory = 0.98, Correlation = 0.3;
    private const double NightShare = 0.25;
    private static readonly double[] RegimeVolatility = [0.8, 1.0, 1.6];

    /// <summary>Makes the market.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="symbols">A.</param>
    /// <param name="years">Years of 252 days.</param>
    /// <param name="watch">Is told before each bar what is hidden: the bar, the means d + k·s and the volatilities σ·v of its returns, each <c>[A]</c>.</param>
    internal static PlantedMarket Make(ulong seed, int symbols, int years, Action<int, double[], double[]>? watch = null)
    {
        var dates = TradingDays.Of(years);
        var prices = new PriceColumns(SymbolLists.Names(symbols), dates, decimals: 4);
        var common = new NoiseStream(seed, 0);
        var noises = Enumerable.Range(1, symbols).Select(i => new NoiseStream(seed, (ulong)i)).ToArray();
        double[] trend = new double[symbols], close = new double[symbols];
        for (var asset = 0; asset < symbols; asset++) close[asset] = 20 + (15 * (asset % 7)) + (10 * noises[asset].Uniform());
        double thetaSum = 0, symbolRuleSum = 0;
        var regime = 1;
        var alive = new bool[symbols];
        // Half a thousand bars before the first, so that the trends begin in their usual size.
        for (var step = -500; step < dates.Length; step++)
        {
            regime = NextRegime(regime, common);
            for (var asset = 0; asset < symbols; asset++) alive[asset] = step >= 0 && IsAlive(asset, (double)step / dates.Length);
            if (step >= 0)
            {
                thetaSum += Theta(trend, alive);
                symbolRuleSum += SymbolRuleRatio(alive.Count(one => one));
                watch?.Invoke(step, Array.ConvertAll(trend, s => Drift + (TrendSize * s)), [.. trend.Select((_, asset) => Volatility(asset) * RegimeVolatility[regime])]);
            }

            double commonNight = common.Normal(), commonDay = common.Normal();
            for (var asset = 0; asset < symbols; asset++)
            {
                var noise = noises[asset];
                double night = Mix(commonNight, noise.Normal()), day = Mix(commonDay, noise.Normal());
                double above = Math.Abs(noise.Normal()), below = Math.Abs(noise.Normal()), activity = noise.Uniform();
                var shock = (Math.Sqrt(NightShare) * night) + (Math.Sqrt(1 - NightShare) * day);
                var mean = Drift + (TrendSize * trend[asset]);
                var sigma = Volatility(asset) * RegimeVolatility[regime];
                trend[asset] = (TrendMemory * trend[asset]) + (Math.Sqrt(1 - (TrendMemory * TrendMemory)) * shock);
                if (!alive[asset]) continue;
                var open = close[asset] * (1 + (sigma * ((NightShare * mean) + (Math.Sqrt(NightShare) * night))));
                var next = close[asset] * (1 + (sigma * (mean + shock)));
                var volume = 1e6 * (1 + (asset % 5)) * RegimeVolatility[regime] * (0.4 + activity + (0.3 * Math.Abs(shock)));
                close[asset] = prices.Set(asset, step, open, Math.Max(open, next) * (1 + (0.4 * sigma * above)), Math.Min(open, next) * (1 - (0.4 * sigma * below)), next, volume);
            }
        }

        var theta = thetaSum / dates.Length;
        var text = string.Create(CultureInfo.InvariantCulture, $"{symbols} symbols, R[t+1] = σ·v·({Drift} + {TrendSize}·s[t] + z[t+1]), s[t+1] = {TrendMemory}·s[t] + √(1−{TrendMemory}²)·z[t+1], shocks correlated by {Correlation}, v of {string.Join(", ", RegimeVolatility)} in three regimes; best positions ∝ Σ⁻¹μ/(1+μ′Σ⁻¹μ).");
        return new PlantedMarket("regimes", prices.ToPanel(), Math.Sqrt(252 * theta / (1 - theta)), Math.Sqrt(252) * symbolRuleSum / dates.Length, text);
    }

    private static double Mix(double common, double own) => (Math.Sqrt(Correlation) * common) + (Math.Sqrt(1 - Correlation) * own);

    private static double Volatility(int asset) => 0.009 + (0.0015 * (asset % 6));

    // The fifth symbol ends early, the eighth and the eleventh begin late.
    private static bool IsAlive(int asset, double time) => asset switch { 4 => time < 0.7, 7 => time >= 0.2, 10 => time >= 0.45, _ => true };

    private static int NextRegime(int regime, NoiseStream noise)
    {
        var draw = noise.Uniform();
        return regime switch
        {
            0 => draw < 0.005 ? 1 : 0,
            1 => draw < 0.004 ? 0 : draw < 0.006 ? 2 : 1,
            _ => draw < 0.010 ? 1 : 2,
        };
    }

    /// <summary>q/(1+q) with q = m′C⁻¹m for m = d + k·s over the living symbols; the volatilities cancel, and C has one correlation throughout.</summary>
    private static double Theta(double[] trend, bool[] alive)
    {
        double sum = 0, squares = 0;
        var n = 0;
        for (var asset = 0; asset < trend.Length; asset++)
        {
            if (!alive[asset]) continue;
            var mean = Drift + (TrendSize * trend[asset]);
            sum += mean;
            squares += mean * mean;
            n++;
        }

        var q = (squares - (Correlation / (1 + ((n - 1) * Correlation)) * sum * sum)) / (1 - Correlation);
        return q / (1 + q);
    }

    /// <summary>
    /// Sharpe per bar of w ∝ (d + k·s)/(σ·v) on n symbols, to first order in k: mean n(d²+k²) over the deviation of Σ (d + k·s)·z, whose
    /// variance is n(d²+k²) + n(n−1)·c·(d² + k²·c), since trends are as correlated as shocks.
    /// </summary>
    private static double SymbolRuleRatio(int n)
    {
        const double Own = (Drift * Drift) + (TrendSize * TrendSize);
        const double Shared = Correlation * ((Drift * Drift) + (TrendSize * TrendSize * Correlation));
        return n * Own / Math.Sqrt((n * Own) + (n * (n - 1) * Shared));
    }
}

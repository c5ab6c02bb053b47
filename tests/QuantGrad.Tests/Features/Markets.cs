using QuantGrad.MarketData;

namespace QuantGrad.Tests.Features;

/// <summary>Small deterministic panels.</summary>
internal static class Markets
{
    /// <summary>The price path of FORMULAS section 6: 100·exp(0.0005t + 0.05 sin(t/15) + 0.01 sin(1.7t)).</summary>
    public static double DeepMomentumPrice(int t) => 100 * Math.Exp(0.0005 * t + 0.05 * Math.Sin(t / 15.0) + 0.01 * Math.Sin(1.7 * t));

    /// <summary>One symbol of closes, dated from 2000-01-03, opens, highs and lows around them.</summary>
    public static Panel OfCloses(params double[] closes) => Of(("X", closes));

    /// <summary>Symbols of closes on consecutive days; NaN means no bar.</summary>
    public static Panel Of(params (string Symbol, double[] Closes)[] series)
    {
        double[][] Columns(Func<double, int, double> of) => [.. series.Select(s => s.Closes.Select(of).ToArray())];
        var dates = series[0].Closes.Select((_, t) => new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc).AddDays(t)).ToArray();
        return new Panel(
            dates, [.. series.Select(s => s.Symbol)],
            Columns((c, t) => c * (1 - 0.002 * Math.Sin(t))), Columns((c, t) => c * (1.01 + 0.005 * Math.Sin(3 * t))),
            Columns((c, t) => c * (0.99 - 0.004 * Math.Cos(2 * t))), Columns((c, _) => c),
            Columns((c, t) => c * 1000 * (2 + Math.Sin(0.7 * t))));
    }

    /// <summary>Three random walks; the second begins later, the third has gaps.</summary>
    public static Panel Ragged(int steps, ulong seed = 7)
    {
        var series = new (string, double[])[3];
        for (var asset = 0; asset < 3; asset++)
        {
            var closes = new double[steps];
            var log = 4.0 + asset;
            for (var t = 0; t < steps; t++)
            {
                log += 0.02 * (Uniform(ref seed) + Uniform(ref seed) - 1);
                var missing = (asset == 1 && t < steps / 4) || (asset == 2 && Uniform(ref seed) < 0.1);
                closes[t] = missing ? double.NaN : Math.Exp(log);
            }
            series[asset] = ($"S{asset}", closes);
        }
        return Of(series);
    }

    /// <summary>The next number of SplitMix64 in [0, 1).</summary>
    public static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}

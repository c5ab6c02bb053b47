using System.Globalization;

namespace QuantGrad.MarketData.Synthetic;

/// <summary>Independent symbols whose daily returns are R[t+1] = ρ·R[t] + σ·√(1−ρ²)·ε; the open is the last close.</summary>
internal static class AutoregressiveMarket
{
    internal static PlantedMarket Make(ulong seed, int symbols, int years, double rho, double vol)
    {
        var dates = TradingDays.Of(years);
        var prices = new PriceColumns(SymbolLists.Names(symbols), dates, decimals: 6);
        var innovation = Math.Sqrt(1 - (rho * rho));
        for (var asset = 0; asset < symbols; asset++)
        {
            var noise = new NoiseStream(seed, (ulong)asset + 1);
            double x = noise.Normal(), close = 100;
            for (var step = 0; step < dates.Length; step++)
            {
                x = (rho * x) + (innovation * noise.Normal());
                var open = close;
                close = open * (1 + (vol * x));
                double above = 0.3 * vol * Math.Abs(noise.Normal()), below = 0.3 * vol * Math.Abs(noise.Normal());
                close = prices.Set(asset, step, open, Math.Max(open, close) * (1 + above), Math.Min(open, close) * (1 - below), close, 1e6 * (0.5 + noise.Uniform()));
            }
        }

        var sharpe = Attainable(symbols, rho);
        var text = string.Create(CultureInfo.InvariantCulture, $"{symbols} independent symbols, R[t+1] = {rho}·R[t] + {vol}·√(1−ρ²)·ε; best position ∝ R[t]/(1−ρ²+(ρR[t]/{vol})²).");
        return new PlantedMarket(rho == 0 ? "noise" : "ar1", prices.ToPanel(), sharpe, sharpe, text);
    }

    /// <summary>
    /// √(252·A·θ/(1−θ)), θ = E[κx²/(1+κx²)] for x ~ N(0,1) and κ = ρ²/(1−ρ²): positions of independent symbols add their means and
    /// variances, so the best rule of one symbol is the best for all.
    /// </summary>
    internal static double Attainable(int symbols, double rho)
    {
        var kappa = rho * rho / (1 - (rho * rho));
        // Simpson's rule; the density is below 1e-17 at ±9.
        const int Steps = 2000;
        const double Width = 18.0 / Steps;
        double theta = 0, mass = 0;
        for (var i = 0; i <= Steps; i++)
        {
            var x = -9 + (i * Width);
            var weight = (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-x * x / 2);
            mass += weight;
            theta += weight * kappa * x * x / (1 + (kappa * x * x));
        }

        theta /= mass;
        return Math.Sqrt(252 * symbols * theta / (1 - theta));
    }
}

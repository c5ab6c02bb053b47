using QuantGrad.MarketData.Synthetic;

namespace QuantGrad.MarketData;

/// <summary>Markets whose best attainable Sharpe ratio is known; one seed gives the same bytes on every machine.</summary>
public static class SyntheticMarket
{
    /// <summary>Trends, volatility regimes, a common factor and symbols of different lifetimes: the sample market.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="symbols">How many symbols, from 1.</param>
    /// <param name="years">How many years of 252 days, from 1.</param>
    public static PlantedMarket Regimes(ulong seed, int symbols = 12, int years = 15)
    {
        Check(symbols, years);
        return RegimeMarket.Make(seed, symbols, years);
    }

    /// <summary>Independent symbols whose next return is ρ times the last one plus noise.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="symbols">How many symbols, from 1.</param>
    /// <param name="years">How many years of 252 days, from 1.</param>
    /// <param name="rho">ρ, the autocorrelation of daily returns, in (−1, 1).</param>
    /// <param name="vol">The standard deviation of daily returns, in (0, 0.1].</param>
    public static PlantedMarket Ar1(ulong seed, int symbols = 12, int years = 15, double rho = 0.1, double vol = 0.01)
    {
        Check(symbols, years);
        if (!(Math.Abs(rho) < 1)) throw new UsageException($"rho is {rho}; expected a number between -1 and 1.");
        if (!(vol is > 0 and <= 0.1)) throw new UsageException($"vol is {vol}; expected a daily volatility above 0 and up to 0.1.");
        return AutoregressiveMarket.Make(seed, symbols, years, rho, vol);
    }

    /// <summary>Independent random walks: nothing can be earned, and the attainable Sharpe is 0.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="symbols">How many symbols, from 1.</param>
    /// <param name="years">How many years of 252 days, from 1.</param>
    /// <param name="vol">The standard deviation of daily returns, in (0, 0.1].</param>
    public static PlantedMarket Noise(ulong seed, int symbols = 12, int years = 15, double vol = 0.01) => Ar1(seed, symbols, years, 0, vol);

    private static void Check(int symbols, int years)
    {
        if (symbols is < 1 or > 999) throw new UsageException($"symbols is {symbols}; expected 1 to 999.");
        if (years is < 1 or > 200) throw new UsageException($"years is {years}; expected 1 to 200.");
    }
}

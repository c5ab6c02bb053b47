using QuantGrad.MarketData;
using QuantGrad.MarketData.Synthetic;

namespace QuantGrad.Tests.MarketData;

public sealed class SyntheticMarketTests
{
    [Fact]
    public void Ar1_OracleRule_EarnsTheAttainableSharpe()
    {
        const double Rho = 0.15, Vol = 0.01;
        var market = SyntheticMarket.Ar1(7, symbols: 40, years: 100, rho: Rho, vol: Vol);
        var returns = EarnedBy(market.Panel, last => Rho * last / (((1 - (Rho * Rho)) * Vol * Vol) + (Rho * Rho * last * last)));
        var error = 1 / Math.Sqrt(100.0);
        Assert.InRange(Sharpe(returns), market.AttainableSharpe - (3 * error), market.AttainableSharpe + (3 * error));
        Assert.True(market.AttainableSharpe > 10, "forty symbols make the check sharp");
    }

    [Fact]
    public void Ar1_Attainable_AgreesWithTheClosedForm()
    {
        // E[1/(1+κx²)] = √(π/2κ)·exp(1/2κ)·erfc(1/√2κ) = 0.9784132053177287 at κ = 0.15²/(1−0.15²), by Python's math.erfc.
        var theta = 1 - 0.9784132053177287;
        Assert.Equal(Math.Sqrt(252 * theta / (1 - theta)), SyntheticMarket.Ar1(1, 1, 1, 0.15).AttainableSharpe, 9);
    }

    [Fact]
    public void Noise_AnyLinearRule_EarnsNothing()
    {
        var market = SyntheticMarket.Noise(3, symbols: 10, years: 60);
        Assert.Equal(0, market.AttainableSharpe);
        Assert.InRange(Sharpe(EarnedBy(market.Panel, last => last)), -3 / Math.Sqrt(60), 3 / Math.Sqrt(60));
    }

    [Fact]
    public void Regimes_SameSeed_SamePricesAndPrintedDigits()
    {
        var (a, b) = (SyntheticMarket.Regimes(11, 3, 2), SyntheticMarket.Regimes(11, 3, 2));
        for (var asset = 0; asset < 3; asset++) Assert.Equal(a.Panel.Close[asset], b.Panel.Close[asset]);
        Assert.NotEqual(a.Panel.Close[0], SyntheticMarket.Regimes(12, 3, 2).Panel.Close[0]);
    }

    [Fact]
    public void Regimes_Prices_AreValidBarsOnTradingDays()
    {
        var panel = SyntheticMarket.Regimes(1, 12, 15).Panel;
        Assert.InRange(panel.Steps / 15.0, 251, 253);
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            for (var step = 0; step < panel.Steps; step++)
            {
                if (!panel.HasBar(step, asset)) continue;
                var bar = panel.At(step, asset);
                Assert.True(bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close) && bar.Low > 0 && bar.Volume > 0);
            }
        }
    }

    [Fact]
    public void Regimes_OracleWhoKnowsTheRule_EarnsTheAttainableSharpe()
    {
        // Σ⁻¹μ/(1+q) on the true means and volatilities, on independent lifetimes: 120 years leave a standard error of 0.09.
        const int Symbols = 4, Years = 120;
        var weights = new List<double[]>();
        var market = SyntheticMarketWatch(Symbols, Years, weights);
        var (panel, joint) = (market.Panel, new List<double>());
        for (var step = 1; step < panel.Steps; step++)
            joint.Add(Enumerable.Range(0, Symbols).Sum(asset => weights[step][asset] * ((panel.Close[asset][step] / panel.Close[asset][step - 1]) - 1)));
        Assert.InRange(Sharpe([.. joint]), market.AttainableSharpe - 0.27, market.AttainableSharpe + 0.27);
        Assert.True(market.AttainableSharpe > 1.2);
    }

    [Fact]
    public void Regimes_RuleFromPricesAlone_EarnsMostOfTheSymbolRule()
    {
        // The trend is rebuilt from returns scaled by a running estimate of volatility, whose errors cost something; nothing hidden is used.
        var market = SyntheticMarket.Regimes(21, symbols: 4, years: 150);
        var panel = market.Panel;
        var returns = new double[panel.Steps];
        for (var asset = 0; asset < 4; asset++)
        {
            double trend = 0, variance = 1e-4;
            for (var step = 1; step + 1 < panel.Steps; step++)
            {
                var r = (panel.Close[asset][step] / panel.Close[asset][step - 1]) - 1;
                var z = (r / Math.Sqrt(variance)) - RegimeMarket.Drift - (RegimeMarket.TrendSize * trend);
                variance = (0.97 * variance) + (0.03 * r * r);
                trend = (RegimeMarket.TrendMemory * trend) + (Math.Sqrt(1 - (RegimeMarket.TrendMemory * RegimeMarket.TrendMemory)) * z);
                returns[step + 1] += (RegimeMarket.Drift + (RegimeMarket.TrendSize * trend)) / Math.Sqrt(variance) * ((panel.Close[asset][step + 1] / panel.Close[asset][step]) - 1);
            }
        }

        Assert.InRange(Sharpe(returns[300..]), 0.75 * market.SymbolRuleSharpe, market.SymbolRuleSharpe + 0.25);
        Assert.True(market.AttainableSharpe > market.SymbolRuleSharpe);
    }

    private static PlantedMarket SyntheticMarketWatch(int symbols, int years, List<double[]> weights) =>
        RegimeMarket.Make(21, symbols, years, (_, means, volatilities) =>
        {
            const double C = RegimeMarket.Correlation;
            var n = means.Length;
            var total = C / (1 + ((n - 1) * C)) * means.Sum();
            var hedged = Array.ConvertAll(means, mean => (mean - total) / (1 - C));
            var q = hedged.Zip(means, (a, b) => a * b).Sum();
            weights.Add([.. hedged.Select((weight, asset) => weight / volatilities[asset] / (1 + q))]);
        });

    private static double[] EarnedBy(Panel panel, Func<double, double> position)
    {
        var earned = new double[panel.Steps - 2];
        for (var asset = 0; asset < panel.Assets; asset++)
        {
            var close = panel.Close[asset];
            for (var step = 1; step + 1 < panel.Steps; step++)
                earned[step - 1] += position((close[step] / close[step - 1]) - 1) * ((close[step + 1] / close[step]) - 1);
        }

        return earned;
    }

    private static double Sharpe(double[] returns)
    {
        var mean = returns.Average();
        return mean / Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / (returns.Length - 1)) * Math.Sqrt(252);
    }
}

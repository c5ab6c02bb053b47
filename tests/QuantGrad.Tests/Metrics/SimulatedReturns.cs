using QuantGrad.Autodiff;

namespace QuantGrad.Tests.Metrics;

/// <summary>Return series whose true Sharpe ratio is known.</summary>
internal static class SimulatedReturns
{
    /// <summary>Independent normal returns, annual Sharpe ratio as given with A = 252, daily volatility 1%.</summary>
    public static double[] Normal(ulong seed, int index, int count, double sharpe)
    {
        var random = new RandomStream(RandomStream.At(seed, (ulong)index));
        var returns = new double[count];
        for (var t = 0; t < count; t++) returns[t] = 0.01 * (sharpe / Math.Sqrt(252) + random.NextNormal());
        return returns;
    }

    /// <summary>AR(1) returns with Student-t innovations of five degrees of freedom, unconditional mean and variance as above.</summary>
    public static double[] FatTailed(ulong seed, int index, int count, double sharpe, double rho)
    {
        var random = new RandomStream(RandomStream.At(seed, (ulong)index));
        var returns = new double[count];
        double state = 0, scale = Math.Sqrt((1 - rho * rho) * 3 / 5);
        for (var t = -200; t < count; t++)
        {
            var normal = random.NextNormal();
            var chiSquare = 0.0;
            for (var k = 0; k < 5; k++)
            {
                var z = random.NextNormal();
                chiSquare += z * z;
            }

            state = rho * state + scale * normal / Math.Sqrt(chiSquare / 5);
            if (t >= 0) returns[t] = 0.01 * (sharpe / Math.Sqrt(252) + state);
        }

        return returns;
    }
}

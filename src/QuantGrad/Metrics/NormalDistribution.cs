using MathNet.Numerics.Distributions;

namespace QuantGrad.Metrics;

/// <summary>The standard normal distribution, to full double accuracy.</summary>
public static class NormalDistribution
{
    /// <summary>Φ(z).</summary>
    /// <param name="z">Any number.</param>
    public static double Cumulative(double z) => Normal.CDF(0, 1, z);

    /// <summary>Φ⁻¹(p).</summary>
    /// <param name="p">Probability in (0, 1).</param>
    public static double Quantile(double p) => Normal.InvCDF(0, 1, p);
}

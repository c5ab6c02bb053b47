namespace QuantGrad.Metrics.Differentiable;

/// <summary>The differential Sharpe ratio for online training (Moody and Saffell 2001): what one more return adds to the Sharpe ratio.</summary>
/// <param name="eta">η, the rate of the moving averages, in (0, 1).</param>
/// <param name="mean">A, the moving average of the returns.</param>
/// <param name="meanSquare">B, the moving average of their squares; above A² once there is any spread.</param>
/// <param name="epsilon">Added to B − A², at least 0; above 0 nothing is undefined.</param>
public struct DifferentialSharpe(double eta, double mean, double meanSquare, double epsilon = 0)
{
    /// <summary>A.</summary>
    public double Mean { get; private set; } = mean;

    /// <summary>B.</summary>
    public double MeanSquare { get; private set; } = meanSquare;

    /// <summary>
    /// D = (B·ΔA − A·ΔB/2)/(B − A²)^{3/2} and dD/dR = (B − A·R)/(B − A²)^{3/2}, both NaN while B ≤ A² (and ε is 0); then A and B move on.
    /// </summary>
    /// <param name="value">R.</param>
    public (double Ratio, double Derivative) Update(double value)
    {
        var (deltaMean, deltaSquare) = (value - Mean, value * value - MeanSquare);
        var variance = MeanSquare - Mean * Mean + epsilon;
        var power = variance > 0 ? variance * Math.Sqrt(variance) : double.NaN;
        var result = ((MeanSquare * deltaMean - Mean * deltaSquare / 2) / power, (MeanSquare - Mean * value) / power);
        Mean += eta * deltaMean;
        MeanSquare += eta * deltaSquare;
        return result;
    }
}

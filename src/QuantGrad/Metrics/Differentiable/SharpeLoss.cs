using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Differentiable;

/// <summary>
/// The negative Sharpe ratio as a loss: L = −√A·μ/√(q − μ² + ε), μ = mean(r), q = mean(r²), and its gradient. Both need only two sums of
/// the returns, so that a series may come in chunks: a first pass sums r and r², a second one applies <see cref="Gradient"/>.
/// </summary>
public readonly struct SharpeLoss
{
    /// <summary>ε, added to the variance so that a flat start has a finite loss and gradient.</summary>
    public const double DefaultEpsilon = 1e-9;

    private readonly double mean;
    private readonly double constant;
    private readonly double slope;

    /// <summary>Prepares value and gradient.</summary>
    /// <param name="sum">Σr.</param>
    /// <param name="sumOfSquares">Σr².</param>
    /// <param name="count">n, at least 1.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="epsilon">ε, at least 0.</param>
    public SharpeLoss(double sum, double sumOfSquares, long count, double periodsPerYear, double epsilon = DefaultEpsilon)
    {
        mean = sum / count;

        // The difference of two sums may round to just below 0 when all returns are the same.
        var variance = Math.Max(sumOfSquares / count - mean * mean, 0);
        var s = Math.Sqrt(variance + epsilon);
        Value = -SharpeRatio.Formula(mean, variance, periodsPerYear, epsilon);
        constant = -Math.Sqrt(periodsPerYear) / (count * s);
        slope = Math.Sqrt(periodsPerYear) * mean / (count * s * s * s);
    }

    /// <summary>L.</summary>
    public double Value { get; }

    /// <summary>dL/dr_i = −√A·[1/(n·s) − μ(r_i − μ)/(n·s³)], s = √(q − μ² + ε).</summary>
    /// <param name="value">r_i.</param>
    public double Gradient(double value) => constant + slope * (value - mean);

    /// <summary>The gradient is affine, dL/dr_i = Offset + Slope·r_i: the two numbers that a vectorised pass needs.</summary>
    public (double Offset, double Slope) Affine => (constant - slope * mean, slope);

    /// <summary>Prepares value and gradient of a whole series; no allocation.</summary>
    /// <param name="returns">r, <c>[n]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="epsilon">ε, at least 0.</param>
    public static SharpeLoss Of(ReadOnlySpan<double> returns, double periodsPerYear, double epsilon = DefaultEpsilon)
    {
        double sum = 0, squares = 0;
        foreach (var r in returns)
        {
            sum += r;
            squares += r * r;
        }

        return new SharpeLoss(sum, squares, returns.Length, periodsPerYear, epsilon);
    }
}

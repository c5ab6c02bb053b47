using System.Buffers;

namespace QuantGrad.Objectives;

/// <summary>
/// −mean(r) + λ·CVaR, CVaR the mean loss of the worst share α of the bars (Rockafellar and Uryasev 2000), both a year's worth: A times. The bar at the edge
/// of the tail counts for the part of it that belongs there.
/// </summary>
/// <param name="periodsPerYear">A, bars a year.</param>
/// <param name="weight">λ, at least 0.</param>
/// <param name="share">α in (0, 1].</param>
internal sealed class CvarObjective(double periodsPerYear, double weight = 0.1, double share = 0.05) : ReturnsObjective
{
    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        var n = returns.Length;
        var buffer = ArrayPool<double>.Shared.Rent(n);
        var sorted = buffer.AsSpan(0, n);
        returns.CopyTo(sorted);
        sorted.Sort();
        var tail = Math.Max(1, share * n);
        var edge = sorted[Math.Min(n - 1, (int)Math.Ceiling(tail) - 1)];
        int below = 0, at = 0;
        foreach (var r in returns)
        {
            below += r < edge ? 1 : 0;
            at += r == edge ? 1 : 0;
        }

        ArrayPool<double>.Shared.Return(buffer);
        double sum = 0, worst = 0;
        for (var t = 0; t < n; t++)
        {
            var part = returns[t] < edge ? 1 / tail : returns[t] == edge ? (tail - below) / (at * tail) : 0;
            sum += returns[t];
            worst += part * returns[t];
            slopes[t] = -periodsPerYear * (1.0 / n + weight * part);
        }

        return -periodsPerYear * (sum / n + weight * worst);
    }
}

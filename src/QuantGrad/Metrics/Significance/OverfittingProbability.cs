using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// The probability of backtest overfitting by combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado and Zhu 2017):
/// how often the best configuration of one half of the blocks is below the median of the other half.
/// </summary>
public sealed class OverfittingProbability
{
    private OverfittingProbability(MetricValue probability, double[] logits) => (Probability, Logits) = (probability, logits);

    /// <summary>PBO, the share of splits with λ ≤ 0.</summary>
    public MetricValue Probability { get; }

    /// <summary>λ = ln(w/(1−w)), w = rank/(N+1), one a split.</summary>
    public double[] Logits { get; }

    /// <summary>Computes the PBO.</summary>
    /// <param name="returns">Returns of N configurations, <c>[N][T]</c>, at least two.</param>
    /// <param name="blocks">S, an even number of blocks, from 2 to 24; rows beyond a multiple of S join the last block.</param>
    /// <exception cref="ArgumentException">S is odd or out of range, or the configurations differ in length.</exception>
    public static OverfittingProbability Of(IReadOnlyList<double[]> returns, int blocks)
    {
        if (blocks is < 2 or > 24 || blocks % 2 != 0)
            throw new ArgumentException(FormattableString.Invariant($"blocks is {blocks}; it must be even and between 2 and 24"), nameof(blocks));
        if (returns.Count < 2) return Undefined("fewer than 2 configurations");
        var rows = returns[0].Length;
        if (returns.Any(column => column.Length != rows)) throw new ArgumentException("the configurations differ in length", nameof(returns));
        if (rows < 2 * blocks) return Undefined(FormattableString.Invariant($"fewer than {2 * blocks} returns for {blocks} blocks"));

        var logits = new List<double>();
        for (var mask = 0; mask < 1 << blocks; mask++)
        {
            if (int.PopCount(mask) != blocks / 2) continue;
            if (Logit(returns, rows, blocks, mask) is not { } logit) return Undefined("a configuration has a block set without spread");
            logits.Add(logit);
        }

        return new(MetricValue.Of((double)logits.Count(logit => logit <= 0) / logits.Count), [.. logits]);
    }

    private static double? Logit(IReadOnlyList<double[]> returns, int rows, int blocks, int mask)
    {
        var best = -1;
        var bestInside = double.NegativeInfinity;
        var outside = new double[returns.Count];
        for (var n = 0; n < returns.Count; n++)
        {
            var inside = Sharpe(returns[n], rows, blocks, mask);
            outside[n] = Sharpe(returns[n], rows, blocks, ~mask);
            if (double.IsNaN(inside) || double.IsNaN(outside[n])) return null;
            if (inside > bestInside) (best, bestInside) = (n, inside);
        }

        var rank = 1 + outside.Count(sharpe => sharpe < outside[best]);
        var w = rank / (returns.Count + 1.0);
        return Math.Log(w / (1 - w));
    }

    private static double Sharpe(double[] column, int rows, int blocks, int mask)
    {
        var size = rows / blocks;
        var chosen = new List<double>(rows / 2 + size);
        for (var block = 0; block < blocks; block++)
            if ((mask >> block & 1) != 0)
                chosen.AddRange(column.AsSpan(block * size, block == blocks - 1 ? rows - block * size : size));
        return SharpeRatio.Of([.. chosen], 1).Value;
    }

    private static OverfittingProbability Undefined(string reason) => new(MetricValue.Undefined(reason), []);
}

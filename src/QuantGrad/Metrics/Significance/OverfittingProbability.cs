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

        // The moments of a set of blocks follow from those of the blocks: a split costs N·S steps, however long the series.
        var moments = returns.Select(column => Split(column, blocks)).ToArray();
        var logits = new List<double>();
        for (var mask = 0; mask < 1 << blocks; mask++)
        {
            if (int.PopCount(mask) != blocks / 2) continue;
            if (Logit(moments, mask) is not { } logit) return Undefined("a configuration has a block set without spread");
            logits.Add(logit);
        }

        return new(MetricValue.Of((double)logits.Count(logit => logit <= 0) / logits.Count), [.. logits]);
    }

    private static double? Logit(Moments[][] moments, int mask)
    {
        var best = -1;
        var bestInside = double.NegativeInfinity;
        var outside = new double[moments.Length];
        for (var n = 0; n < moments.Length; n++)
        {
            var inside = Sharpe(moments[n], mask);
            outside[n] = Sharpe(moments[n], ~mask);
            if (double.IsNaN(inside) || double.IsNaN(outside[n])) return null;
            if (inside > bestInside) (best, bestInside) = (n, inside);
        }

        var rank = 1 + outside.Count(sharpe => sharpe < outside[best]);
        var w = rank / (moments.Length + 1.0);
        return Math.Log(w / (1 - w));
    }

    private static Moments[] Split(double[] column, int blocks)
    {
        var size = column.Length / blocks;
        return [.. Enumerable.Range(0, blocks).Select(block => Moments.Of(column.AsSpan(block * size, block == blocks - 1 ? column.Length - block * size : size)))];
    }

    // Chan, Golub and LeVeque (1983): the squares within the blocks and between them.
    private static double Sharpe(Moments[] blocks, int mask)
    {
        var count = 0;
        double sum = 0, squares = 0;
        for (var block = 0; block < blocks.Length; block++)
        {
            if ((mask >> block & 1) == 0) continue;
            count += blocks[block].Count;
            sum += blocks[block].Count * blocks[block].Mean;
        }

        var mean = sum / count;
        for (var block = 0; block < blocks.Length; block++)
        {
            if ((mask >> block & 1) == 0) continue;
            var between = blocks[block].Mean - mean;
            squares += blocks[block].Count * (blocks[block].Variance + between * between);
        }

        return new Moments(count, mean, squares / count, 0, 0).Sharpe().Value;
    }

    private static OverfittingProbability Undefined(string reason) => new(MetricValue.Undefined(reason), []);
}

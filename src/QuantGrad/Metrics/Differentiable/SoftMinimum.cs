namespace QuantGrad.Metrics.Differentiable;

/// <summary>The smooth minimum over the Sharpe ratios of several windows: −(1/β) log Σ exp(−β·SR_b), its gradient the softmax weights.</summary>
public static class SoftMinimum
{
    /// <summary>The smooth minimum; at most the minimum itself.</summary>
    /// <param name="values">SR_b, at least one.</param>
    /// <param name="beta">β, above 0: the larger, the closer to the minimum.</param>
    /// <param name="weights">Filled with the gradient, exp(−β·SR_b)/Σ, of the length of <paramref name="values"/>, or empty.</param>
    public static double Of(ReadOnlySpan<double> values, double beta, Span<double> weights = default)
    {
        var smallest = double.PositiveInfinity;
        foreach (var value in values) smallest = Math.Min(smallest, value);
        var sum = 0.0;
        foreach (var value in values) sum += Math.Exp(-beta * (value - smallest));
        for (var b = 0; b < weights.Length; b++) weights[b] = Math.Exp(-beta * (values[b] - smallest)) / sum;
        return smallest - Math.Log(sum) / beta;
    }
}

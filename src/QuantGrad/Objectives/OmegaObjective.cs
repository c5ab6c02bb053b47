namespace QuantGrad.Objectives;

/// <summary>−(mean(max(r, 0)) + ε)/(mean(max(−r, 0)) + ε): gains over losses (Keating and Shadwick 2002, threshold 0); −1 for a flat strategy.</summary>
internal sealed class OmegaObjective : ReturnsObjective
{
    private const double Epsilon = 1e-5;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        double gains = 0, losses = 0;
        foreach (var r in returns)
        {
            gains += Math.Max(r, 0);
            losses += Math.Max(-r, 0);
        }

        var n = returns.Length;
        var (above, below) = (gains / n + Epsilon, losses / n + Epsilon);
        for (var t = 0; t < n; t++) slopes[t] = returns[t] >= 0 ? -1 / (n * below) : -above / (n * below * below);
        return -above / below;
    }
}

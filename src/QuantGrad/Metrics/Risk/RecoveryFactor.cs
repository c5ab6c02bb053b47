namespace QuantGrad.Metrics.Risk;

/// <summary>The recovery factor: the sum of returns over the maximum drawdown, both as sizes.</summary>
public static class RecoveryFactor
{
    internal static readonly MetricDefinition Definition = new(
        "recovery_factor", "Recovery factor", "ratio", "|Σ net| / |max_drawdown|", "quantstats recovery_factor", "no returns, or no drawdown",
        input => Of(input.Net));

    /// <summary>The recovery factor.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns)
    {
        var worst = Drawdown.Maximum(returns);
        if (!worst.IsDefined) return worst;
        return worst.Value == 0
            ? MetricValue.Undefined("there is no drawdown")
            : MetricValue.Of(Math.Abs(Moments.Of(returns).Mean * returns.Length) / -worst.Value);
    }
}

namespace QuantGrad.Metrics.Returns;

/// <summary>What a winning bar brings against what a losing bar takes, and the share of capital that Kelly would bet on it.</summary>
public static class Payoff
{
    internal static readonly MetricDefinition AverageWin = new(
        "average_win", "Average win", "fraction", "mean of the positive net returns", "quantstats avg_win", "no return is positive",
        input => Mean(input.Net, 1));

    internal static readonly MetricDefinition AverageLoss = new(
        "average_loss", "Average loss", "fraction", "mean of the negative net returns", "quantstats avg_loss", "no return is negative",
        input => Mean(input.Net, -1));

    internal static readonly MetricDefinition Ratio = new(
        "payoff_ratio", "Payoff ratio", "ratio", "b = average_win / |average_loss|", "quantstats payoff_ratio", "no return is positive, or none is negative",
        input => Of(input.Net));

    internal static readonly MetricDefinition ProfitFactor = new(
        "profit_factor", "Profit factor", "ratio", "Σ max(net, 0) / |Σ min(net, 0)|", "quantstats, backtesting.py (there of trades)", "no return is negative",
        input => OmegaRatio.Of(input.Net) is { IsDefined: true } omega ? omega : MetricValue.Undefined("no return is negative"));

    internal static readonly MetricDefinition KellyFraction = new(
        "kelly", "Kelly fraction", "fraction", "p − (1 − p)/b, p the hit rate, b the payoff ratio", "Kelly (1956); quantstats, backtesting.py",
        "no return is positive, or none is negative", input => Kelly(input.Net));

    /// <summary>The mean of the returns on one side of 0.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="side">1 for the wins, −1 for the losses.</param>
    public static MetricValue Mean(ReadOnlySpan<double> returns, int side)
    {
        var sum = 0.0;
        var count = 0;
        foreach (var r in returns)
        {
            if (r * side <= 0) continue;
            sum += r;
            count++;
        }

        return count == 0 ? MetricValue.Undefined(side > 0 ? "no return is positive" : "no return is negative") : MetricValue.Of(sum / count);
    }

    /// <summary>Average win over the size of the average loss.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    public static MetricValue Of(ReadOnlySpan<double> returns)
    {
        var win = Mean(returns, 1);
        var loss = Mean(returns, -1);
        return !win.IsDefined ? win : !loss.IsDefined ? loss : MetricValue.Of(win.Value / -loss.Value);
    }

    /// <summary>The Kelly fraction p − (1 − p)/b.</summary>
    /// <param name="returns">Returns of bars or of trades.</param>
    public static MetricValue Kelly(ReadOnlySpan<double> returns)
    {
        var payoff = Of(returns);
        if (!payoff.IsDefined) return payoff;
        var p = HitRate.Of(returns).Value;
        return MetricValue.Of(p - (1 - p) / payoff.Value);
    }
}

using QuantGrad.Autodiff;
using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Significance;

/// <summary>
/// What the same positions would have earned at random times: every draw turns the weights against the returns by a random number of bars, as
/// on a ring. Each draw keeps the positions' sizes, holding times, turnover and cost, and loses only their timing.
/// </summary>
/// <param name="Sharpe">The annual net Sharpe ratio of the positions where they are.</param>
/// <param name="Null">The annual Sharpe ratios of the draws, ascending; draws without spread, or that a bar ruins, are left out.</param>
/// <param name="PValue">(1 + draws at least as good)/(1 + draws).</param>
public sealed record RandomTiming(MetricValue Sharpe, double[] Null, MetricValue PValue)
{
    /// <summary>Bars that a turn keeps from the positions' own place, either way; a quarter of a short series.</summary>
    public const int ClosestTurn = 63;

    /// <summary>Draws the null distribution.</summary>
    /// <param name="weights">Weights, <c>[A][T]</c>: row t is what was held while <paramref name="returns"/> row t was earned.</param>
    /// <param name="returns">Asset returns, <c>[A][T]</c>; NaN where an asset had no bar, which earns 0.</param>
    /// <param name="cost">Cost charged for holding and reaching these weights, <c>[T]</c>; it moves with them.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="draws">How many random turns, at most as many as there are.</param>
    /// <param name="seed">The same seed gives the same draws.</param>
    public static RandomTiming Of(double[][] weights, double[][] returns, double[] cost, double periodsPerYear, int draws = 999, ulong seed = 1)
    {
        var rows = cost.Length;
        var known = Array.ConvertAll(returns, column => Array.ConvertAll(column, r => double.IsNaN(r) ? 0 : r));
        var net = new double[rows];
        var sharpe = Turned(weights, known, cost, net, 0, periodsPerYear);
        if (!sharpe.IsDefined) return new RandomTiming(sharpe, [], sharpe);
        if (rows < 3) return new RandomTiming(sharpe, [], MetricValue.Undefined("fewer than 3 returns"));

        // Turned by a few bars forward the weights know the near future, by a few back they are almost themselves: neither is a random time.
        var margin = Math.Min(ClosestTurn, rows / 4);
        // A short series has fewer turns than draws: each is taken once, or the p-value would count the same turn as many.
        var turns = rows - 1 - 2 * margin;
        var random = new RandomStream(seed);
        var drawn = new List<double>(draws);
        for (var i = 0; i < Math.Min(draws, turns); i++)
            if (Turned(weights, known, cost, net, 1 + margin + (turns <= draws ? i : random.NextInteger(turns)), periodsPerYear) is { IsDefined: true } turned) drawn.Add(turned.Value);
        drawn.Sort();
        var asGood = drawn.Count(value => value >= sharpe.Value);
        return new RandomTiming(sharpe, [.. drawn], MetricValue.Of((1.0 + asGood) / (1 + drawn.Count)));
    }

    private static MetricValue Turned(double[][] weights, double[][] returns, double[] cost, double[] net, int turn, double periodsPerYear)
    {
        var rows = net.Length;
        for (var t = 0; t < rows; t++) net[t] = -cost[t + turn < rows ? t + turn : t + turn - rows];
        for (var a = 0; a < weights.Length; a++)
        {
            Earn(weights[a].AsSpan(turn), returns[a], net);
            Earn(weights[a].AsSpan(0, turn), returns[a].AsSpan(rows - turn), net.AsSpan(rows - turn));
        }

        return SharpeRatio.Of(net, periodsPerYear);
    }

    private static void Earn(ReadOnlySpan<double> weights, ReadOnlySpan<double> returns, Span<double> net)
    {
        returns = returns[..weights.Length];
        net = net[..weights.Length];
        for (var t = 0; t < weights.Length; t++) net[t] += weights[t] * returns[t];
    }
}

using QuantGrad.Sweeping;

namespace QuantGrad.Benchmarks.Rules;

/// <summary>The loop that one would write by hand for a pair of averages: running sums, books and figures in one pass, a pair after the other.</summary>
/// <param name="close">The closes.</param>
/// <param name="first">The first bar of a decision.</param>
/// <param name="costFraction">Cost of the traded value.</param>
internal sealed class PlainPairs(double[] close, int first, double costFraction)
{
    /// <summary>The figures of the last run.</summary>
    public SweepFigures[] Results { get; private set; } = [];

    /// <summary>Evaluates every pair.</summary>
    public void Run(double[][] pairs)
    {
        if (Results.Length != pairs.Length) Results = new SweepFigures[pairs.Length];
        for (var i = 0; i < pairs.Length; i++) Results[i] = Of((int)pairs[i][0], (int)pairs[i][1]);
    }

    private SweepFigures Of(int fast, int slow)
    {
        double fastSum = 0, slowSum = 0, weight = 0, growth = 1, sum = 0, squares = 0, equity = 1, peak = 1, worst = 0, turnover = 0, lastReturn = 0;
        var trades = 0;
        for (var t = 0; t < close.Length - 1; t++)
        {
            fastSum += close[t];
            slowSum += close[t];
            if (t >= fast) fastSum -= close[t - fast];
            if (t >= slow) slowSum -= close[t - slow];
            if (t < first) continue;
            var held = weight * (1 + lastReturn) / growth;
            weight = fastSum / fast > slowSum / slow ? 1 : -1;
            if (weight * held <= 0) trades++;
            var traded = Math.Abs(weight - held);
            lastReturn = close[t + 1] / close[t] - 1;
            var net = weight * lastReturn - costFraction * traded;
            growth = 1 + net;
            sum += net;
            squares += net * net;
            turnover += traded;
            equity *= 1 + net;
            if (equity > peak) peak = equity;
            worst = Math.Min(worst, equity / peak - 1);
        }

        return new SweepFigures(close.Length - 1 - first, sum, squares, equity - 1, worst, turnover, trades);
    }
}

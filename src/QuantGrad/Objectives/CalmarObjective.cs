using System.Buffers;

namespace QuantGrad.Objectives;

/// <summary>
/// −A·mean(log(1 + r))/D, D the deepest fall of log-equity from its peak, both maxima smoothed: peak[t] = (1/β)·log(e^{β·peak[t−1]} + e^{β·e[t]}) and
/// D = (1/β)·log Σ e^{β·(peak[t] − e[t])}. Smoothing overstates D by at most 2·log(T + 1)/β, which also keeps a flat strategy's loss finite. Returns stay above −1.
/// </summary>
/// <param name="periodsPerYear">A, bars a year.</param>
/// <param name="beta">β above 0, in units of 1/log-return: 500 sees falls of a per cent.</param>
internal sealed class CalmarObjective(double periodsPerYear, double beta = 500) : ReturnsObjective
{
    private const double Least = 0.01;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        var n = returns.Length;
        var buffer = ArrayPool<double>.Shared.Rent(2 * n);
        var (shares, deepest, equity, peak) = (buffer.AsMemory(0, n), 0.0, 0.0, 0.0);
        var falls = buffer.AsSpan(n, n);
        for (var t = 0; t < n; t++)
        {
            equity += Math.Log(Math.Max(1 + returns[t], Least));
            shares.Span[t] = 1 / (1 + Math.Exp(-beta * (equity - peak))); // of e[t] in the peak
            peak = SoftMaximum(peak, equity);
            falls[t] = peak - equity;
            deepest = t == 0 ? falls[0] : SoftMaximum(deepest, falls[t]);
        }

        // Backwards: dD/de[t] directly, and through every later peak.
        var growth = periodsPerYear * equity / n;
        double throughPeak = 0, throughEquity = 0;
        for (var t = n - 1; t >= 0; t--)
        {
            var weight = Math.Exp(beta * (falls[t] - deepest));
            throughPeak += weight;
            throughEquity += throughPeak * shares.Span[t] - weight;
            throughPeak *= 1 - shares.Span[t];
            slopes[t] = (-periodsPerYear / n / deepest + growth / (deepest * deepest) * throughEquity) / Math.Max(1 + returns[t], Least);
        }

        ArrayPool<double>.Shared.Return(buffer);
        return -growth / deepest;
    }

    private double SoftMaximum(double a, double b) => Math.Max(a, b) + Math.Log(1 + Math.Exp(-beta * Math.Abs(a - b))) / beta;
}

using System.Numerics;
using System.Runtime.InteropServices;
using QuantGrad.Autodiff;

namespace QuantGrad.Benchmarks.Engine;

/// <summary>
/// The cases' objective: −√252 · mean/std of p[t, a] = w·r − c·|w[t, a] − w[t − 1, a]| over all rows, from w and r <c>[T·A, 1]</c>. Only the mean and
/// the mean square need the whole series: dL/dp = α + β·p.
/// </summary>
internal sealed class SharpeWithCost(double cost) : Op
{
    private const double Annual = 15.874507866387544; // √252

    public override bool IsRowWise => false;

    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) => Shape.Scalar;

    public override Shape? StateShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public override void Forward<T>(in OpFrame<T> frame)
    {
        var (mean, variance) = Moments(frame.Input(0), frame.Input(1), frame.State, frame.Size.Assets, T.CreateTruncating(cost));
        frame.Output[0] = T.CreateTruncating(-Annual * mean / Math.Sqrt(variance));
    }

    public override void Backward<T>(in OpFrame<T> frame)
    {
        var (n, mean, square) = ((double)frame.State.Length, 0.0, 0.0);
        (mean, square) = Sums(frame.State);
        (mean, square) = (mean / n, square / n);
        var variance = square - mean * mean + 1e-12;
        var alpha = T.CreateTruncating(-Annual / (n * Math.Sqrt(variance)) * (1 + mean * mean / variance));
        var beta = T.CreateTruncating(Annual * mean / (n * Math.Sqrt(variance) * variance));
        Spread(frame.Input(0), frame.Input(1), frame.State, frame.InputGradient(0), frame.Size.Assets, alpha, beta, T.CreateTruncating(cost));
    }

    private static (double Mean, double Variance) Moments<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> r, Span<T> p, int assets, T cost)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < assets; i++) p[i] = w[i] * r[i] - cost * T.Abs(w[i]);
        Profit(w[assets..], w, r[assets..], p[assets..], cost);
        var (sum, square) = Sums<T>(p);
        var mean = sum / p.Length;
        return (mean, square / p.Length - mean * mean + 1e-12);
    }

    private static void Profit<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> before, ReadOnlySpan<T> r, Span<T> p, T cost)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        for (; i + Vector<T>.Count <= p.Length; i += Vector<T>.Count)
        {
            var now = At(w, i);
            (now * At(r, i) - cost * Vector.Abs(now - At(before, i))).StoreUnsafe(ref MemoryMarshal.GetReference(p), (nuint)i);
        }

        for (; i < p.Length; i++) p[i] = w[i] * r[i] - cost * T.Abs(w[i] - before[i]);
    }

    /// <summary>Σ p and Σ p², each stretch of 1,024 vectors summed in T and the stretches in double.</summary>
    private static (double Sum, double Square) Sums<T>(ReadOnlySpan<T> p) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(p);
        double sum = 0, square = 0;
        for (var first = 0; first < vectors.Length; first += 1024)
        {
            Vector<T> s = default, q = default;
            foreach (var v in vectors[first..Math.Min(vectors.Length, first + 1024)])
            {
                s += v;
                q += v * v;
            }

            sum += double.CreateTruncating(Vector.Sum(s));
            square += double.CreateTruncating(Vector.Sum(q));
        }

        foreach (var value in p[(vectors.Length * Vector<T>.Count)..])
        {
            sum += double.CreateTruncating(value);
            square += double.CreateTruncating(value * value);
        }

        return (sum, square);
    }

    /// <summary>dw[t] += g[t]·(r[t] − c·sign(w[t] − w[t−1])) + g[t+1]·c·sign(w[t+1] − w[t]), with g = α + β·p.</summary>
    private static void Spread<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> r, ReadOnlySpan<T> p, Span<T> dw, int assets, T alpha, T beta, T cost)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (i, inner) = (0, w.Length - assets);
        for (; i < assets && i < w.Length; i++) dw[i] += Slope(w, r, p, i, assets, alpha, beta, cost);
        Vector<T> costs = new(cost), alphas = new(alpha), sign = new(T.NegativeZero);
        for (; i + Vector<T>.Count <= inner; i += Vector<T>.Count)
        {
            var now = At(w, i);
            var traded = now - At(w, i - assets);
            var trades = At(w, i + assets) - now;
            var g = alphas + beta * At(p, i);
            var next = alphas + beta * At(p, i + assets);
            (At<T>(dw, i) + g * (At(r, i) - ((traded & sign) | costs)) + next * ((trades & sign) | costs)).StoreUnsafe(ref MemoryMarshal.GetReference(dw), (nuint)i);
        }

        for (; i < w.Length; i++) dw[i] += Slope(w, r, p, i, assets, alpha, beta, cost);
    }

    private static Vector<T> At<T>(ReadOnlySpan<T> values, int i) where T : unmanaged => Vector.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)i);

    private static T Slope<T>(ReadOnlySpan<T> w, ReadOnlySpan<T> r, ReadOnlySpan<T> p, int i, int assets, T alpha, T beta, T cost)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var before = i < assets ? T.Zero : w[i - assets];
        var slope = (alpha + beta * p[i]) * (r[i] - cost * T.CopySign(T.One, w[i] - before));
        return i + assets < w.Length ? slope + (alpha + beta * p[i + assets]) * cost * T.CopySign(T.One, w[i + assets] - w[i]) : slope;
    }
}

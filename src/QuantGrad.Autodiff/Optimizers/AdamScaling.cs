using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>m̂/(√v̂ + ε) with bias-corrected moments (Kingma and Ba 2015, algorithm 1).</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="count">The number of parameters.</param>
/// <param name="beta1">β₁ in [0, 1).</param>
/// <param name="beta2">β₂ in [0, 1).</param>
/// <param name="epsilon">ε above 0.</param>
public sealed class AdamScaling<T>(int count, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : IGradientTransformation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double b1 = OptimizerSettings.Fraction(beta1, "beta1");
    private readonly double b2 = OptimizerSettings.Fraction(beta2, "beta2");
    private readonly double small = OptimizerSettings.Positive(epsilon, "epsilon");
    private readonly T[] mean = new T[count];
    private readonly T[] square = new T[count];

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        var meanScale = T.CreateTruncating(1 / (1 - Math.Pow(b1, step)));
        var squareScale = T.CreateTruncating(1 / (1 - Math.Pow(b2, step)));
        var (keep1, keep2, eps) = (T.CreateTruncating(b1), T.CreateTruncating(b2), T.CreateTruncating(small));
        var (take1, take2) = (T.CreateTruncating(1 - b1), T.CreateTruncating(1 - b2));
        var i = 0;
        for (; i + Vector<T>.Count <= update.Length; i += Vector<T>.Count)
        {
            var g = new Vector<T>(update[i..]);
            var m = keep1 * new Vector<T>(mean, i) + take1 * g;
            var v = keep2 * new Vector<T>(square, i) + take2 * (g * g);
            m.CopyTo(mean, i);
            v.CopyTo(square, i);
            (meanScale * m / (Vector.SquareRoot(squareScale * v) + new Vector<T>(eps))).CopyTo(update[i..]);
        }

        for (; i < update.Length; i++)
        {
            var g = update[i];
            mean[i] = keep1 * mean[i] + take1 * g;
            square[i] = keep2 * square[i] + take2 * (g * g);
            update[i] = meanScale * mean[i] / (T.Sqrt(squareScale * square[i]) + eps);
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(mean);
        Array.Clear(square);
    }
}

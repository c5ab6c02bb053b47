using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>The update is sign(β₁·m + (1 − β₁)·g), then m = β₂·m + (1 − β₂)·g (Chen et al. 2023, algorithm 2).</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="count">The number of parameters.</param>
/// <param name="beta1">β₁ in [0, 1).</param>
/// <param name="beta2">β₂ in [0, 1).</param>
public sealed class Lion<T>(int count, double beta1 = 0.9, double beta2 = 0.99) : IGradientTransformation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T b1 = T.CreateTruncating(OptimizerSettings.Fraction(beta1, "beta1"));
    private readonly T b2 = T.CreateTruncating(OptimizerSettings.Fraction(beta2, "beta2"));
    private readonly T[] mean = new T[count];

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        for (var i = 0; i < update.Length; i++)
        {
            var g = update[i];
            var direction = b1 * mean[i] + (T.One - b1) * g;
            mean[i] = b2 * mean[i] + (T.One - b2) * g;
            update[i] = direction > T.Zero ? T.One : direction < T.Zero ? -T.One : T.Zero;
        }
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(mean);
}

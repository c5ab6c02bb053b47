using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>v = ρ·v + (1 − ρ)·g²; the update is g/(√v + ε) (RMSprop: Tieleman and Hinton 2012, lecture 6e).</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="count">The number of parameters.</param>
/// <param name="decay">ρ in [0, 1).</param>
/// <param name="epsilon">ε above 0.</param>
public sealed class RmsScaling<T>(int count, double decay = 0.9, double epsilon = 1e-8) : IGradientTransformation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T rho = T.CreateTruncating(OptimizerSettings.Fraction(decay, "the decay of RMSprop"));
    private readonly T small = T.CreateTruncating(OptimizerSettings.Positive(epsilon, "the epsilon of RMSprop"));
    private readonly T[] square = new T[count];

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        for (var i = 0; i < update.Length; i++)
        {
            square[i] = rho * square[i] + (T.One - rho) * update[i] * update[i];
            update[i] /= T.Sqrt(square[i]) + small;
        }
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(square);
}

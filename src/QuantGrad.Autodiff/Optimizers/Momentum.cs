using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>v = μ·v + g; the update is v (Polyak 1964), or g + μ·v with Nesterov's look-ahead (Sutskever et al. 2013, eq. 3–4).</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="count">The number of parameters.</param>
/// <param name="decay">μ in [0, 1).</param>
/// <param name="nesterov">Whether to look ahead.</param>
public sealed class Momentum<T>(int count, double decay = 0.9, bool nesterov = false) : IGradientTransformation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T mu = T.CreateTruncating(OptimizerSettings.Fraction(decay, "the momentum"));
    private readonly T[] velocity = new T[count];

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        for (var i = 0; i < update.Length; i++)
        {
            velocity[i] = mu * velocity[i] + update[i];
            update[i] = nesterov ? update[i] + mu * velocity[i] : velocity[i];
        }
    }

    /// <inheritdoc/>
    public void Reset() => Array.Clear(velocity);
}

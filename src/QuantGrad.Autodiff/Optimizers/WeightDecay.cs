using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>
/// Adds λ·w to the update: behind a scaling it is decoupled decay (AdamW: Loshchilov and Hutter 2019, algorithm 2), before it an L2 penalty.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="rate">λ, 0 or above.</param>
public sealed class WeightDecay<T>(double rate) : IGradientTransformation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T lambda = T.CreateTruncating(rate);

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        for (var i = 0; i < update.Length; i++) update[i] += lambda * parameters[i];
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }
}

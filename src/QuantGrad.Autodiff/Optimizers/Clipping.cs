using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>Clips each value of the gradient to [−limit, limit].</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="limit">Above 0.</param>
public sealed class ClipByValue<T>(double limit) : IGradientTransformation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T bound = T.CreateTruncating(OptimizerSettings.Positive(limit, "the clipping limit"));

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        for (var i = 0; i < update.Length; i++) update[i] = T.Clamp(update[i], -bound, bound);
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }
}

/// <summary>Scales the whole gradient down where its Euclidean norm is above the limit (Pascanu et al. 2013, algorithm 1).</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="limit">Above 0.</param>
public sealed class ClipByGlobalNorm<T>(double limit) : IGradientTransformation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double bound = OptimizerSettings.Positive(limit, "the clipping norm");

    /// <inheritdoc/>
    public void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step)
    {
        var norm = GradientNorm.Of<T>(update);
        if (!(norm > bound)) return;
        var factor = T.CreateTruncating(bound / norm);
        for (var i = 0; i < update.Length; i++) update[i] *= factor;
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }
}

/// <summary>The Euclidean norm of a gradient, summed in double.</summary>
public static class GradientNorm
{
    /// <summary>√Σ g².</summary>
    public static double Of<T>(ReadOnlySpan<T> gradient) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double a = 0, b = 0, c = 0, d = 0; // four sums side by side, always in this order
        var i = 0;
        for (; i + 4 <= gradient.Length; i += 4)
        {
            a += Square(gradient[i]);
            b += Square(gradient[i + 1]);
            c += Square(gradient[i + 2]);
            d += Square(gradient[i + 3]);
        }

        for (; i < gradient.Length; i++) a += Square(gradient[i]);
        return Math.Sqrt(a + b + (c + d));

        static double Square(T value) => double.CreateTruncating(value) * double.CreateTruncating(value);
    }
}

using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>One link of an optimiser's chain: changes the update in place. The last link's update, times the learning rate, is subtracted.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IGradientTransformation<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Changes the update.</summary>
    /// <param name="update">The gradient at first, and what the links before made of it.</param>
    /// <param name="parameters">The parameters before the step.</param>
    /// <param name="step">Which step this is, from 1.</param>
    void Apply(Span<T> update, ReadOnlySpan<T> parameters, int step);

    /// <summary>Forgets what was gathered (moments), as before the first step.</summary>
    void Reset();
}

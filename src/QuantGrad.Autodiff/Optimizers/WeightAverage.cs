using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>
/// An average of the weights along the descent: of all equally (SWA: Izmailov et al. 2018, algorithm 1), or with exponentially falling weight (EMA).
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="count">The number of parameters.</param>
/// <param name="decay">Null for equal weights, else the EMA's decay in [0, 1); the first weights start it.</param>
public sealed class WeightAverage<T>(int count, double? decay = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] average = new T[count];
    private int seen;

    /// <summary>The average so far.</summary>
    public ReadOnlySpan<T> Value => average;

    /// <summary>Forgets what was taken in.</summary>
    public void Reset()
    {
        seen = 0;
        Array.Clear(average);
    }

    /// <summary>Takes the weights in.</summary>
    public void Include(ReadOnlySpan<T> weights)
    {
        seen++;
        var share = T.CreateTruncating(seen == 1 || decay is null ? 1.0 / seen : 1 - decay.Value);
        for (var i = 0; i < average.Length; i++) average[i] += share * (weights[i] - average[i]);
    }
}

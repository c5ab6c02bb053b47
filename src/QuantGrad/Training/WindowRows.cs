using System.Numerics;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>The rows of a window as a pass wants them: as they are, mirrored, or with noise. What is drawn for a value depends on its place in the window alone.</summary>
/// <param name="window">The window.</param>
/// <param name="mean">Mean of each feature, <c>[F]</c>.</param>
/// <param name="deviation">Standard deviation of each feature, <c>[F]</c>.</param>
/// <param name="numbers">How many of the features are numbers; the last one of a model with an embedding names the symbol and stays as it is.</param>
internal sealed class WindowRows(TrainingWindow window, double[] mean, double[] deviation, int numbers)
{
    /// <summary>The window.</summary>
    public TrainingWindow Window => window;

    /// <summary>Sets the scaling of a plan.</summary>
    public void BindScaling<T>(StrategyGraph graph, Plan<T> plan) where T : unmanaged, IBinaryFloatingPointIeee754<T> => graph.BindScaling(plan, mean, deviation);

    /// <summary>Writes features from a cell of the window on.</summary>
    /// <param name="firstCell">The first cell, a cell being (step, asset).</param>
    /// <param name="to">To be filled, <c>[cells, F]</c>.</param>
    /// <param name="pass">Mirror and noise.</param>
    public void CopyFeatures<T>(int firstCell, Span<T> to, in Pass pass) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (count, first) = (mean.Length, firstCell * mean.Length);
        var from = window.Features.AsSpan(first, to.Length);
        for (var i = 0; i < to.Length; i++)
        {
            var feature = i % count;
            if (feature >= numbers)
            {
                to[i] = T.CreateTruncating(from[i]);
                continue;
            }

            var value = pass.Mirrored ? 2 * mean[feature] - from[i] : from[i];
            if (pass.Noise > 0) value += pass.Noise * deviation[feature] * Normal(pass.Seed, (ulong)(first + i));
            to[i] = T.CreateTruncating(value);
        }
    }

    /// <summary>Gives a plan the returns.</summary>
    public void BindReturns<T>(StrategyGraph graph, Plan<T> plan, bool mirrored) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Copy(window.Gap, plan.Value(graph.Gap), mirrored);
        Copy(window.Hold, plan.Value(graph.Hold), mirrored);
    }

    private static void Copy<T>(double[] from, Span<T> to, bool negative) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < from.Length; i++) to[i] = T.CreateTruncating(negative ? -from[i] : from[i]);
    }

    // Box and Muller's pair of normal numbers, one half of it for every other place.
    private static double Normal(ulong seed, ulong place)
    {
        var radius = Math.Sqrt(-2 * Math.Log(Uniform(place & ~1UL)));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Uniform(place | 1UL));
        return radius * ((place & 1) == 0 ? cosine : sine);

        double Uniform(ulong at) => ((RandomStream.At(seed ^ 0x6E6F697365UL, at) >> 11) + 0.5) * (1.0 / (1UL << 53));
    }
}

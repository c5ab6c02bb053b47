using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>A chain of gradient transformations and the step that ends it: w −= rate · update. Allocates nothing a step.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="chain">The links in their order.</param>
public sealed class Optimizer<T>(IReadOnlyList<IGradientTransformation<T>> chain) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IGradientTransformation<T>[] links = [.. chain];
    private int step;

    /// <summary>One step down the gradient, which is used up as scratch.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">Their gradients, overwritten by the update.</param>
    /// <param name="learningRate">Above 0: at 0 nothing would be learnt.</param>
    public void Step(Span<T> parameters, Span<T> gradients, double learningRate)
    {
        OptimizerSettings.Positive(learningRate, "the learning rate");
        step++;
        foreach (var link in links) link.Apply(gradients, parameters, step);
        var rate = T.CreateTruncating(learningRate);
        var i = 0;
        for (; i + Vector<T>.Count <= parameters.Length; i += Vector<T>.Count)
            (new Vector<T>(parameters[i..]) - rate * new Vector<T>(gradients[i..])).CopyTo(parameters[i..]);
        for (; i < parameters.Length; i++) parameters[i] -= rate * gradients[i];
    }

    /// <summary>Forgets all moments and counts from the first step again, for a restart from the last good weights.</summary>
    public void Reset()
    {
        step = 0;
        foreach (var link in links) link.Reset();
    }
}

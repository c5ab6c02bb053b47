using System.Numerics;

namespace QuantGrad.Autodiff.Optimizers;

/// <summary>The optimisers.</summary>
public enum OptimizerKind
{
    /// <summary>Plain gradient descent.</summary>
    GradientDescent,

    /// <summary>Gradient descent with momentum.</summary>
    Momentum,

    /// <summary>Momentum that looks ahead.</summary>
    Nesterov,

    /// <summary>RMSprop.</summary>
    RmsProp,

    /// <summary>Adam; weight decay, where set, is an L2 penalty.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,

    /// <summary>Lion, with decoupled weight decay.</summary>
    Lion,
}

/// <summary>How an optimiser is put together: clipping, then the scaling, then the decay.</summary>
/// <param name="Kind">The optimiser; Adam by default.</param>
public sealed record OptimizerSettings(OptimizerKind Kind = OptimizerKind.Adam)
{
    /// <summary>μ of momentum and Nesterov.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>β₁ of Adam, AdamW and Lion.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ of Adam and AdamW, ρ of RMSprop; null takes the optimiser's own default (0.999, RMSprop 0.9, Lion 0.99).</summary>
    public double? Beta2 { get; init; }

    /// <summary>ε of RMSprop, Adam and AdamW.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>λ of the weight decay; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Clips each value of the gradient; 0 for no clipping.</summary>
    public double ClipValue { get; init; }

    /// <summary>Clips the gradient's norm; 0 for no clipping.</summary>
    public double ClipNorm { get; init; }

    /// <summary>Builds the chain for so many parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range; the message names it.</exception>
    public Optimizer<T> Build<T>(int count) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var chain = new List<IGradientTransformation<T>>();
        if (ClipValue != 0) chain.Add(new ClipByValue<T>(ClipValue));
        if (ClipNorm != 0) chain.Add(new ClipByGlobalNorm<T>(ClipNorm));
        var decoupled = Kind is OptimizerKind.AdamW or OptimizerKind.Lion;
        if (WeightDecay != 0 && !decoupled) chain.Add(new WeightDecay<T>(WeightDecay));
        switch (Kind)
        {
            case OptimizerKind.Momentum: chain.Add(new Momentum<T>(count, Momentum)); break;
            case OptimizerKind.Nesterov: chain.Add(new Momentum<T>(count, Momentum, nesterov: true)); break;
            case OptimizerKind.RmsProp: chain.Add(new RmsScaling<T>(count, Beta2 ?? 0.9, Epsilon)); break;
            case OptimizerKind.Adam or OptimizerKind.AdamW: chain.Add(new AdamScaling<T>(count, Beta1, Beta2 ?? 0.999, Epsilon)); break;
            case OptimizerKind.Lion: chain.Add(new Lion<T>(count, Beta1, Beta2 ?? 0.99)); break;
        }

        if (WeightDecay != 0 && decoupled) chain.Add(new WeightDecay<T>(WeightDecay));
        return new Optimizer<T>(chain);
    }

    internal static double Positive(double value, string what) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(what, value, $"{what} is {value}, expected a number above 0.");

    internal static double Fraction(double value, string what) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(what, value, $"{what} is {value}, expected 0 ≤ {what} < 1.");
}

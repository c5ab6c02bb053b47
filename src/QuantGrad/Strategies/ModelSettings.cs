using QuantGrad.Rules;

namespace QuantGrad.Strategies;

/// <summary>A network, a rule, or a rule whose formula reads the network's output by the name <c>network</c>.</summary>
/// <param name="Network">The network, or null.</param>
/// <param name="Rule">The rule, or null.</param>
public sealed record ModelSettings(NetworkSettings? Network, RuleSettings? Rule);

/// <summary>A network from features <c>[T, A, F]</c> to one output per asset <c>[T, A]</c>.</summary>
/// <param name="Layers">The hidden layers in order; none makes a linear model. The last step to one unit is added.</param>
/// <param name="Output">What squashes the output into the signal.</param>
/// <param name="Scaling">How features are scaled before the first layer.</param>
/// <param name="Memory">Bars of a symbol on which a recurrent layer's state is warmed up before a window; at least 1. Without a recurrent layer it says nothing.</param>
/// <param name="Initialization">How weights begin.</param>
public sealed record NetworkSettings(IReadOnlyList<Layer> Layers, OutputSquash Output, ScalingSettings Scaling, int Memory, Initialization Initialization);

/// <summary>How the weights of dense and convolutional layers begin; a recurrent layer's always are Xavier on the input and orthogonal on the state.</summary>
public enum Initialization
{
    /// <summary>He behind the ReLU family, else Xavier.</summary>
    Auto,

    /// <summary>Uniform ±√(6/(in+out)) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>Normal with variance 2/in (He et al. 2015).</summary>
    He,

    /// <summary>Orthonormal columns or rows (Saxe et al. 2014).</summary>
    Orthogonal,

    /// <summary>As auto, and the head at zero: the strategy starts flat.</summary>
    ZeroHead,
}

/// <summary>What squashes a network's output into the signal.</summary>
public enum OutputSquash
{
    /// <summary>Into [−1, 1]: long and short.</summary>
    Tanh,

    /// <summary>Into [0, 1]: long only.</summary>
    Sigmoid,
}

/// <summary>Features are standardised with mean and deviation of the train rows and then clipped.</summary>
/// <param name="Clip">The largest |value| kept, in standard deviations; null does not clip.</param>
public sealed record ScalingSettings(double? Clip);

using System.Text.Json.Serialization;

namespace QuantGrad.Strategies;

/// <summary>A network or a rule: exactly one of the two is there.</summary>
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

/// <summary>A classical rule whose parameters are the weights.</summary>
/// <param name="Parameters">The parameters in the file's order.</param>
/// <param name="Position">The formula of the position in [−1, 1]; <c>$name</c> stands for a parameter.</param>
/// <param name="Where">File and line the formula was read from; empty when made in code.</param>
public sealed record RuleSettings(IReadOnlyList<RuleParameter> Parameters, string Position, [property: JsonIgnore] string Where = "");

/// <summary>A trained parameter of a rule.</summary>
/// <param name="Name">Its name, without the <c>$</c>.</param>
/// <param name="Init">Where descent starts; min ≤ init ≤ max.</param>
/// <param name="Min">The lower edge of the box.</param>
/// <param name="Max">The upper edge of the box.</param>
public sealed record RuleParameter(string Name, double Init, double Min, double Max);

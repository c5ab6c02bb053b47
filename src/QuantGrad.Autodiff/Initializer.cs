namespace QuantGrad.Autodiff;

/// <summary>How a parameter of shape <c>[in, out]</c> begins.</summary>
public enum Initializer
{
    /// <summary>All zero: biases, and heads that start flat.</summary>
    Zero,

    /// <summary>All one: gains of a normalisation.</summary>
    One,

    /// <summary>Uniform ±√(6/(in+out)) (Glorot and Bengio 2010, eq. 16): tanh and sigmoid.</summary>
    Xavier,

    /// <summary>Normal with variance 2/in (He et al. 2015, eq. 10): the ReLU family.</summary>
    He,

    /// <summary>Orthonormal columns or rows (Saxe et al. 2014): recurrent weights.</summary>
    Orthogonal,
}

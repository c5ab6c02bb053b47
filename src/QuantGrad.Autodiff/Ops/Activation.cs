namespace QuantGrad.Autodiff.Ops;

/// <summary>A nonlinearity, applied value by value.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    Identity,

    /// <summary>tanh x, in (−1, 1).</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ˣ), in (0, 1). Its slope is at most 1/4: ten layers of it vanish.</summary>
    Sigmoid,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x above zero, x/100 below (Maas et al. 2013).</summary>
    LeakyRelu,

    /// <summary>x above zero, eˣ − 1 below (Clevert et al. 2016, eq. 15, α = 1).</summary>
    Elu,

    /// <summary>x/2 · (1 + tanh(√(2/π)·(x + 0.044715 x³))) (Hendrycks and Gimpel 2016, section 2).</summary>
    Gelu,

    /// <summary>log(1 + eˣ), a smooth ReLU.</summary>
    Softplus,
}

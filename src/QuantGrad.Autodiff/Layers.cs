using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff;

/// <summary>Layers: ops together with the parameters that they bring, named after the layer (<c>layer.weight</c>, <c>layer.bias</c>).</summary>
public static class Layers
{
    /// <summary>f(x·W + b).</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="x"><c>[rows, in]</c>.</param>
    /// <param name="width">The number of outputs.</param>
    /// <param name="activation">f.</param>
    /// <param name="initializer">How W begins; by default He for the ReLU family, else Xavier. b begins at zero.</param>
    public static Node Dense(this Graph graph, string name, Node x, int width, Activation activation = Activation.Identity, Initializer? initializer = null)
    {
        var weight = graph.Parameter($"{name}.weight", Shape.Fixed(x.Shape.Width, width), initializer ?? DefaultInitializer(activation));
        var bias = graph.Parameter($"{name}.bias", Shape.Fixed(1, width), Initializer.Zero);
        if (ActivationFormula.SlopeFromValue(activation)) return graph.Add(name, new Dense(activation), x, weight, bias);
        return graph.Activate(name, graph.Add($"{name}.affine", new Dense(), x, weight, bias), activation);
    }

    /// <summary>f(x), value by value.</summary>
    public static Node Activate(this Graph graph, string name, Node x, Activation activation) => graph.Add(name, new Activate(activation), x);

    /// <summary>The initialisation that keeps the variance through a layer of the given activation.</summary>
    public static Initializer DefaultInitializer(Activation activation) =>
        activation is Activation.Relu or Activation.LeakyRelu or Activation.Elu or Activation.Gelu or Activation.Softplus ? Initializer.He : Initializer.Xavier;
}

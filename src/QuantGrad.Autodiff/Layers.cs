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

    /// <summary>Layer normalisation with a gain that begins at one and a shift that begins at zero.</summary>
    public static Node LayerNorm(this Graph graph, string name, Node x, double epsilon = 1e-5) =>
        graph.Add(name, new LayerNorm(epsilon), x, graph.Row($"{name}.gain", x, Initializer.One), graph.Row($"{name}.shift", x, Initializer.Zero));

    /// <summary>
    /// Batch normalisation. What it keeps for evaluation, <c>name.mean</c> and <c>name.variance</c>, are parameters without a gradient, so that they go wherever the
    /// weights go; <see cref="BatchStatistics.KeepBatchStatistics"/> sets them after a training pass.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="x"><c>[rows, F]</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="mask">1 for the rows that count, <c>[rows, 1]</c>; all where null.</param>
    public static Node BatchNorm(this Graph graph, string name, Node x, double epsilon = 1e-5, Node? mask = null)
    {
        Node[] inputs =
        [
            x, graph.Row($"{name}.gain", x, Initializer.One), graph.Row($"{name}.shift", x, Initializer.Zero),
            graph.Row($"{name}.mean", x, Initializer.Zero), graph.Row($"{name}.variance", x, Initializer.One),
        ];
        return graph.Add(name, new BatchNorm(epsilon), mask is null ? inputs : [.. inputs, mask]);
    }

    /// <summary>x + f(x): a skip connection around what <paramref name="block"/> adds; where the block changes the width, x goes through a dense layer without activation.</summary>
    public static Node Residual(this Graph graph, string name, Node x, Func<Node, Node> block)
    {
        var y = block(x);
        if (y.Shape != x.Shape) x = graph.Dense($"{name}.skip", x, y.Shape.Width);
        return graph.Add(name, new Add(), x, y);
    }

    /// <summary>An LSTM of so many units; the forget gate's bias begins at zero as all biases do.</summary>
    public static Node Lstm(this Graph graph, string name, Node x, int units) => graph.Add(
        name, new Lstm(), x, graph.Parameter($"{name}.input", Shape.Fixed(x.Shape.Width, 4 * units), Initializer.Xavier),
        graph.Parameter($"{name}.state", Shape.Fixed(units, 4 * units), Initializer.Orthogonal), graph.Parameter($"{name}.bias", Shape.Fixed(1, 4 * units), Initializer.Zero));

    /// <summary>A GRU of so many units.</summary>
    public static Node Gru(this Graph graph, string name, Node x, int units) => graph.Add(
        name, new Gru(), x, graph.Parameter($"{name}.input", Shape.Fixed(x.Shape.Width, 3 * units), Initializer.Xavier),
        graph.Parameter($"{name}.state", Shape.Fixed(units, 3 * units), Initializer.Orthogonal),
        graph.Parameter($"{name}.bias", Shape.Fixed(1, 3 * units), Initializer.Zero), graph.Parameter($"{name}.state_bias", Shape.Fixed(1, 3 * units), Initializer.Zero));

    /// <summary>f of a causal dilated convolution.</summary>
    public static Node CausalConvolution(this Graph graph, string name, Node x, int width, int taps, int dilation = 1, Activation activation = Activation.Relu, Initializer? initializer = null)
    {
        var weight = graph.Parameter($"{name}.weight", Shape.Fixed(taps * x.Shape.Width, width), initializer ?? DefaultInitializer(activation));
        var sums = graph.Add($"{name}.sums", new CausalConvolution(taps, dilation), x, weight, graph.Parameter($"{name}.bias", Shape.Fixed(1, width), Initializer.Zero));
        return graph.Activate(name, sums, activation);
    }

    /// <summary>Causal self-attention: dense layers to q, k and v, the attention, and a dense layer behind it.</summary>
    public static Node CausalAttention(this Graph graph, string name, Node x, int width, int window, int heads = 1)
    {
        var mixed = graph.Add(
            $"{name}.attention", new CausalAttention(window, heads), graph.Dense($"{name}.query", x, width), graph.Dense($"{name}.key", x, width), graph.Dense($"{name}.value", x, width));
        return graph.Dense(name, mixed, width);
    }

    /// <summary>The initialisation that keeps the variance through a layer of the given activation.</summary>
    public static Initializer DefaultInitializer(Activation activation) =>
        activation is Activation.Relu or Activation.LeakyRelu or Activation.Elu or Activation.Gelu or Activation.Softplus ? Initializer.He : Initializer.Xavier;

    private static Node Row(this Graph graph, string name, Node x, Initializer initializer) => graph.Parameter(name, Shape.Fixed(1, x.Shape.Width), initializer);
}

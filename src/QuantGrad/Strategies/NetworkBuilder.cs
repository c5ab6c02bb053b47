using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Strategies;

/// <summary>Appends a network's layers to a graph: scaled features in, one output a row.</summary>
/// <param name="graph">The graph.</param>
/// <param name="network">The layers.</param>
/// <param name="usable">1 for the rows that are there <c>[T·A, 1]</c>, for batch normalisation; null without any.</param>
/// <param name="symbol">The place of each row's symbol <c>[T·A, 1]</c>, for embeddings; null without any.</param>
internal sealed class NetworkBuilder(Graph graph, NetworkSettings network, Node? usable, Node? symbol)
{
    /// <summary>How the weights of dense and convolutional layers begin; null lets the activation say.</summary>
    private readonly Initializer? initializer = network.Initialization switch
    {
        Initialization.Xavier => Initializer.Xavier,
        Initialization.He => Initializer.He,
        Initialization.Orthogonal => Initializer.Orthogonal,
        _ => null,
    };

    /// <summary>Appends every layer and the head.</summary>
    /// <param name="name">Begins the name of every node, e.g. <c>member0</c>.</param>
    /// <param name="features">Scaled features <c>[T·A, F]</c>.</param>
    /// <param name="squash">What follows the last step: none for a score.</param>
    /// <returns>The signal or score <c>[T·A, 1]</c>.</returns>
    public Node Append(string name, Node features, Activation squash)
    {
        var node = features;
        for (var index = 0; index < network.Layers.Count; index++) node = Append($"{name}.layer{index}", node, network.Layers[index]);
        return graph.Dense($"{name}.head", node, 1, squash, network.Initialization == Initialization.ZeroHead ? Initializer.Zero : initializer);
    }

    private Node Append(string name, Node node, Layer layer) => layer switch
    {
        DenseLayer dense => graph.Dense(name, node, dense.Units, dense.Activation, initializer),
        DropoutLayer dropout => dropout.Rate > 0 ? graph.Add(name, new Dropout(dropout.Rate), node) : node,
        ResidualLayer residual => graph.Residual(name, node, x => graph.Dense($"{name}.block", x, residual.Units, residual.Activation, initializer)),
        LayerNormLayer norm => graph.LayerNorm(name, node, norm.Epsilon),
        BatchNormLayer norm => graph.BatchNorm(name, node, norm.Epsilon, usable),
        EmbeddingLayer embedding => graph.Add(name, new Concatenate(), node, graph.Add(
            $"{name}.vector", new Lookup(), symbol!, graph.Parameter($"{name}.table", Shape.Fixed(embedding.Symbols + 1, embedding.Units), Initializer.Zero))),
        LstmLayer lstm => graph.Lstm(name, node, lstm.Units),
        GruLayer gru => graph.Gru(name, node, gru.Units),
        ConvolutionLayer conv => graph.CausalConvolution(name, node, conv.Units, conv.Kernel, conv.Dilation, conv.Activation, initializer),
        TcnLayer tcn => graph.Residual(name, node, x => Half(tcn, $"{name}.second", Half(tcn, $"{name}.first", x))),
        AttentionLayer attention => graph.CausalAttention(name, node, attention.Units, attention.Window, attention.Heads),
        _ => throw new UsageException($"model.network.layers: {layer} has no graph form."),
    };

    private Node Half(TcnLayer tcn, string name, Node x) => graph.CausalConvolution(name, x, tcn.Units, tcn.Kernel, tcn.Dilation, tcn.Activation, initializer);
}

using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Strategies;

/// <summary>Appends a network's layers to a graph: scaled features in, one squashed output a row.</summary>
internal static class NetworkBuilder
{
    /// <summary>Appends every layer and the head.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Begins the name of every node, e.g. <c>member0</c>.</param>
    /// <param name="features">Scaled features <c>[T·A, F]</c>.</param>
    /// <param name="network">Layers and output.</param>
    /// <returns>The signal <c>[T·A, 1]</c>.</returns>
    public static Node Append(Graph graph, string name, Node features, NetworkSettings network)
    {
        var node = features;
        for (var index = 0; index < network.Layers.Count; index++) node = Append(graph, $"{name}.layer{index}", node, network.Layers[index]);
        var squash = network.Output == OutputSquash.Sigmoid ? Activation.Sigmoid : Activation.Tanh;
        return graph.Dense($"{name}.head", node, 1, squash);
    }

    private static Node Append(Graph graph, string name, Node node, Layer layer) => layer switch
    {
        DenseLayer dense => graph.Dense(name, node, dense.Units, dense.Activation),
        DropoutLayer dropout => dropout.Rate > 0 ? graph.Add(name, new Dropout(dropout.Rate), node) : node,
        ResidualLayer residual => graph.Residual(name, node, x => graph.Dense($"{name}.block", x, residual.Units, residual.Activation)),
        LstmLayer lstm => graph.Lstm(name, node, lstm.Units),
        GruLayer gru => graph.Gru(name, node, gru.Units),
        ConvolutionLayer conv => graph.CausalConvolution(name, node, conv.Units, conv.Kernel, conv.Dilation, conv.Activation),
        TcnLayer tcn => graph.Residual(name, node, x => graph.CausalConvolution(
            $"{name}.second", graph.CausalConvolution($"{name}.first", x, tcn.Units, tcn.Kernel, tcn.Dilation, tcn.Activation), tcn.Units, tcn.Kernel, tcn.Dilation, tcn.Activation)),
        AttentionLayer attention => graph.CausalAttention(name, node, attention.Units, attention.Window, attention.Heads),
        LayerNormLayer norm => graph.LayerNorm(name, node, norm.Epsilon),
        _ => throw new UsageException($"model.network.layers: {layer} has no graph form."),
    };
}

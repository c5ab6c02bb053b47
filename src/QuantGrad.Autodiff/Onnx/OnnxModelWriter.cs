namespace QuantGrad.Autodiff.Onnx;

/// <summary>
/// Writes the ancestors of an output node as an ONNX model (IR 7, opset 13), so that the exported model is a cut of the training graph.
/// Equal graphs and values give equal bytes.
/// </summary>
public static class OnnxModelWriter
{
    private const int IntermediateRepresentation = 7;
    private const int OperatorSet = 13;

    /// <summary>Writes a model.</summary>
    /// <param name="output">A per-row node, for instance the position before sizing.</param>
    /// <param name="outputName">Its name in the model.</param>
    /// <param name="inputNames">The names of the graph's inputs in the model, where they differ from the nodes' names.</param>
    /// <param name="plan">Holds the values of the parameters and constants.</param>
    /// <param name="info">What the model says about itself.</param>
    /// <returns>The file's bytes.</returns>
    /// <exception cref="GraphException">An op has no ONNX form, or an input or the output is not per row.</exception>
    public static byte[] Write(Node output, string outputName, IReadOnlyDictionary<Node, string> inputNames, Plan<float> plan, OnnxModelInfo info) =>
        Write(output, outputName, inputNames, node => Array.ConvertAll(plan.Value(node).ToArray(), number => (double)number), OnnxGraph.FloatType, info);

    /// <summary>
    /// The same for a model that computes in double between a float input and a float output: formulas over prices, whose differences a float would blur. The plan
    /// has been run once, since what depends on no data is written as a constant.
    /// </summary>
    public static byte[] Write(Node output, string outputName, IReadOnlyDictionary<Node, string> inputNames, Plan<double> plan, OnnxModelInfo info) =>
        Write(output, outputName, inputNames, node => plan.Value(node).ToArray(), OnnxGraph.DoubleType, info);

    private static byte[] Write(
        Node output, string outputName, IReadOnlyDictionary<Node, string> inputNames, Func<Node, double[]> values, int elementType, OnnxModelInfo info)
    {
        var ancestors = Ancestors(output);
        foreach (var node in ancestors.Where(node => IsEdge(node) || node == output))
            if (node.Shape.Kind != RowKind.PerRow) throw new GraphException($"{node} cannot stand at the edge of an ONNX model; expected a per-row shape.");

        var names = new Dictionary<Node, string>(inputNames) { [output] = outputName };
        var isDouble = elementType == OnnxGraph.DoubleType;
        if (isDouble)
            foreach (var node in ancestors.Where(IsEdge)) names.TryAdd(node, node.Name);
        var graph = new OnnxGraph(values, elementType, ancestors.Any(node => node.Op is { LooksAlongTime: true }), names);
        if (isDouble)
            foreach (var node in ancestors.Where(IsEdge)) graph.AddCast(graph.EdgeName(node), graph.ValueName(node), OnnxGraph.DoubleType);
        foreach (var node in ancestors)
        {
            if (!IsEdge(node) && IsFixed(node)) graph.AddTensor(graph.ValueName(node), [node.Shape.FixedRows, node.Shape.Width], values(node));
            else if (node.Op is { } op) op.WriteOnnx(new OnnxNodeWriter(graph, node));
        }

        if (isDouble) graph.AddCast(graph.ValueName(output), outputName, OnnxGraph.FloatType);

        var model = new ProtoMessage().Integer(1, IntermediateRepresentation).Text(2, info.ProducerName).Text(3, info.ProducerVersion)
            .Text(4, info.Domain).Integer(5, info.ModelVersion).Text(6, info.Documentation)
            .Message(7, graph.Build(info.GraphName, ancestors.Where(IsEdge), output))
            .Message(8, new ProtoMessage().Text(1, "").Integer(2, OperatorSet));
        foreach (var (key, value) in info.Metadata) model.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return model.ToArray();
    }

    /// <summary>Whether the model is given the node: data, not weights of fixed shape.</summary>
    private static bool IsEdge(Node node) => node.Op is null && (node.Kind == NodeKind.Input || node.Shape.Kind != RowKind.Fixed);

    /// <summary>Whether the node depends on no data: a weight, or what is computed of weights alone.</summary>
    private static bool IsFixed(Node node) => node.Shape.Kind == RowKind.Fixed && node.Inputs.All(IsFixed);

    private static List<Node> Ancestors(Node output)
    {
        var needed = new HashSet<Node> { output };
        for (var index = output.Index; index >= 0; index--)
            if (output.Graph.Nodes[index] is { Op: { } op } node && needed.Contains(node) && !IsFixed(node)) needed.UnionWith(node.Inputs.Where((_, input) => op.IsReadByOnnx(input)));
        return [.. output.Graph.Nodes.Where(needed.Contains)];
    }
}

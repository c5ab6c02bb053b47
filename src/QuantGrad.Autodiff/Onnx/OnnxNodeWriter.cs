namespace QuantGrad.Autodiff.Onnx;

/// <summary>What an op writes its ONNX nodes with (<see cref="Op.WriteOnnx"/>); intermediate values are named after the graph's node.</summary>
public sealed class OnnxNodeWriter
{
    private readonly OnnxGraph graph;
    private int intermediates;

    internal OnnxNodeWriter(OnnxGraph graph, Node source) => (this.graph, Source) = (graph, source);

    /// <summary>The node that is written.</summary>
    public Node Source { get; }

    /// <summary>Whether rows are <c>[batch, time, width]</c> (a sequence model) rather than <c>[batch, width]</c>.</summary>
    public bool IsSequence => graph.IsSequence;

    /// <summary>The names of the input values.</summary>
    public string[] Inputs => [.. Source.Inputs.Select(graph.ValueName)];

    /// <summary>The name of the output value.</summary>
    public string Output => graph.ValueName(Source);

    /// <summary>The name of an input value.</summary>
    public string Input(int input) => graph.ValueName(Source.Inputs[input]);

    /// <summary>The values of an input that depends on no data, to write them in another arrangement (<see cref="Tensor"/>).</summary>
    public ReadOnlySpan<float> InputValues(int input) => Array.ConvertAll(InputNumbers(input), number => (float)number);

    /// <summary>The same in double, for models that compute in double.</summary>
    public double[] InputNumbers(int input) => graph.Values(Source.Inputs[input]);

    /// <summary>ONNX's number of the type that the model computes in: 1 for float, 11 for double.</summary>
    public int ElementType => graph.ElementType;

    /// <summary>A fresh name for an intermediate value.</summary>
    public string Name(string kind) => $"{Source.Name}/{kind}{intermediates++}";

    /// <summary>Writes a node with one output and returns the output's name.</summary>
    /// <param name="type">The ONNX operator, of opset 13.</param>
    /// <param name="inputs">The names of its inputs; an empty one stands for an optional input that is left out.</param>
    /// <param name="output">The name of its output; fresh where null.</param>
    /// <param name="attributes">Its attributes.</param>
    public string Node(string type, IReadOnlyList<string> inputs, string? output = null, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        output ??= Name(type.ToLowerInvariant());
        graph.AddNode(type, inputs, [output], attributes);
        return output;
    }

    /// <summary>
    /// Writes a node of an operator that runtimes have in float alone (ONNX Runtime: Conv, LSTM, GRU, Elu, LeakyRelu, Softplus), between casts where the model computes
    /// in double.
    /// </summary>
    /// <param name="type">The ONNX operator.</param>
    /// <param name="input">The name of its first input, a value of the model.</param>
    /// <param name="constants">The names of its others (<see cref="Tensor"/>).</param>
    /// <param name="output">The name of its output; fresh where null.</param>
    /// <param name="attributes">Its attributes.</param>
    internal string SingleNode(string type, string input, IReadOnlyList<string> constants, string? output = null, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        if (ElementType == OnnxGraph.FloatType) return Node(type, [input, .. constants], output, attributes);
        var single = Node("Cast", [input], null, OnnxAttribute.Integer("to", OnnxGraph.FloatType));
        return Node("Cast", [Node(type, [single, .. constants], null, attributes)], output, OnnxAttribute.Integer("to", ElementType));
    }

    /// <summary>A number of rank 0, as a constant of the model.</summary>
    public string Scalar(float value) => Number(value);

    /// <summary>A number of rank 0 in the model's own precision, as a constant of the model.</summary>
    public string Number(double value)
    {
        var name = Name("scalar");
        graph.AddTensor(name, [], [value]);
        return name;
    }

    /// <summary>The values of a node that depends on no data.</summary>
    internal double[] Numbers(Node node) => graph.Values(node);

    /// <summary>The name of a node's value.</summary>
    internal string Name(Node node) => graph.ValueName(node);

    /// <summary>Numbers in the model's own precision, as a constant of the model.</summary>
    internal string Table(string kind, ReadOnlySpan<long> dimensions, ReadOnlySpan<double> values)
    {
        var name = Name(kind);
        graph.AddTensor(name, dimensions, values);
        return name;
    }

    /// <summary>Numbers in float whatever the model computes in, as a constant of the model.</summary>
    public string Tensor(string kind, ReadOnlySpan<long> dimensions, ReadOnlySpan<float> values)
    {
        var name = Name(kind);
        graph.AddTensor(name, dimensions, Array.ConvertAll(values.ToArray(), number => (double)number), OnnxGraph.FloatType);
        return name;
    }

    /// <summary>Integers of rank 1 (axes, starts, shapes), as a constant of the model.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        var name = Name("integers");
        graph.AddIntegers(name, values);
        return name;
    }
}

using System.Buffers.Binary;

namespace QuantGrad.Autodiff.Onnx;

/// <summary>The GraphProto in the making.</summary>
/// <param name="values">A node's values.</param>
/// <param name="elementType">What the model computes in: <see cref="FloatType"/> or <see cref="DoubleType"/>. Its inputs and output are float in any case.</param>
/// <param name="isSequence">Whether rows are [batch, time, width].</param>
/// <param name="names">Names of nodes where they differ from the nodes' own.</param>
internal sealed class OnnxGraph(Func<Node, double[]> values, int elementType, bool isSequence, IReadOnlyDictionary<Node, string> names)
{
    internal const int FloatType = 1;
    internal const int DoubleType = 11;
    private const int IntegerType = 7;
    private readonly List<ProtoMessage> nodes = [];
    private readonly List<(string Name, ProtoMessage Message)> initializers = [];
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    internal int ElementType => elementType;

    internal double[] Values(Node node) => values(node);

    internal bool IsSequence => isSequence;

    /// <summary>The name under which the model's ops know a node.</summary>
    internal string ValueName(Node node) => elementType == DoubleType && names.ContainsKey(node) ? $"{EdgeName(node)}/double" : EdgeName(node);

    /// <summary>The name under which the model's user knows a node.</summary>
    internal string EdgeName(Node node) => names.TryGetValue(node, out var name) ? name : node.Name;

    /// <summary>Between the float at the model's edge and the double inside.</summary>
    internal void AddCast(string from, string to, int type) => AddNode("Cast", [from], [to], [OnnxAttribute.Integer("to", type)]);

    internal void AddNode(string type, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, ReadOnlySpan<OnnxAttribute> attributes)
    {
        var message = new ProtoMessage();
        foreach (var input in inputs) message.Text(1, input);
        read.UnionWith(inputs);
        foreach (var output in outputs) message.Text(2, output);
        message.Text(3, $"{type}:{outputs[0]}").Text(4, type);
        foreach (var attribute in attributes) message.Message(5, attribute.Message);
        nodes.Add(message);
    }

    /// <summary>Adds numbers in the model's own precision, or in <paramref name="type"/>.</summary>
    internal void AddTensor(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<double> numbers, int? type = null)
    {
        var isDouble = (type ?? elementType) == DoubleType;
        var raw = new byte[(isDouble ? sizeof(double) : sizeof(float)) * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (isDouble) BinaryPrimitives.WriteDoubleLittleEndian(raw.AsSpan(sizeof(double) * i), numbers[i]);
            else BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(sizeof(float) * i), (float)numbers[i]);
        }

        AddInitializer(name, dimensions, type ?? elementType, raw);
    }

    internal void AddIntegers(string name, ReadOnlySpan<long> integers)
    {
        var raw = new byte[sizeof(long) * integers.Length];
        for (var i = 0; i < integers.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(sizeof(long) * i), integers[i]);
        AddInitializer(name, [integers.Length], IntegerType, raw);
    }

    internal ProtoMessage Build(string name, IEnumerable<Node> inputs, Node output)
    {
        var message = new ProtoMessage();
        foreach (var node in nodes) message.Message(1, node);
        message.Text(2, name);
        foreach (var initializer in initializers.Where(initializer => read.Contains(initializer.Name))) message.Message(5, initializer.Message); // a runtime warns of others
        foreach (var input in inputs) message.Message(11, Declaration(input, EdgeName(input)));
        return message.Message(12, Declaration(output, EdgeName(output)));
    }

    private void AddInitializer(string name, ReadOnlySpan<long> dimensions, int type, byte[] raw)
    {
        var message = new ProtoMessage();
        foreach (var dimension in dimensions) message.Integer(1, dimension);
        initializers.Add((name, message.Integer(2, type).Text(8, name).Bytes(9, raw)));
    }

    /// <summary>A graph input or output: float, [batch, width] or [batch, time, width].</summary>
    private ProtoMessage Declaration(Node node, string name)
    {
        var shape = new ProtoMessage().Message(1, new ProtoMessage().Text(2, "batch"));
        if (isSequence) shape.Message(1, new ProtoMessage().Text(2, "time"));
        shape.Message(1, new ProtoMessage().Integer(1, node.Shape.Width));
        var tensor = new ProtoMessage().Integer(1, FloatType).Message(2, shape);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }
}

using System.Buffers.Binary;

namespace QuantGrad.Autodiff.Onnx;

/// <summary>The GraphProto in the making.</summary>
internal sealed class OnnxGraph(Plan<float> plan, bool isSequence, IReadOnlyDictionary<Node, string> names)
{
    private const int FloatType = 1;
    private const int IntegerType = 7;
    private readonly List<ProtoMessage> nodes = [];
    private readonly List<ProtoMessage> initializers = [];

    internal Plan<float> Plan => plan;

    internal bool IsSequence => isSequence;

    internal string ValueName(Node node) => names.TryGetValue(node, out var name) ? name : node.Name;

    internal void AddNode(string type, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, ReadOnlySpan<OnnxAttribute> attributes)
    {
        var message = new ProtoMessage();
        foreach (var input in inputs) message.Text(1, input);
        foreach (var output in outputs) message.Text(2, output);
        message.Text(3, $"{type}:{outputs[0]}").Text(4, type);
        foreach (var attribute in attributes) message.Message(5, attribute.Message);
        nodes.Add(message);
    }

    internal void AddTensor(string name, ReadOnlySpan<long> dimensions, ReadOnlySpan<float> values)
    {
        var raw = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(4 * i), values[i]);
        AddInitializer(name, dimensions, FloatType, raw);
    }

    internal void AddIntegers(string name, ReadOnlySpan<long> values)
    {
        var raw = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(8 * i), values[i]);
        AddInitializer(name, [values.Length], IntegerType, raw);
    }

    internal ProtoMessage Build(string name, IEnumerable<Node> inputs, Node output)
    {
        var message = new ProtoMessage();
        foreach (var node in nodes) message.Message(1, node);
        message.Text(2, name);
        foreach (var initializer in initializers) message.Message(5, initializer);
        foreach (var input in inputs) message.Message(11, Declaration(input));
        return message.Message(12, Declaration(output));
    }

    private void AddInitializer(string name, ReadOnlySpan<long> dimensions, int type, byte[] raw)
    {
        var message = new ProtoMessage();
        foreach (var dimension in dimensions) message.Integer(1, dimension);
        initializers.Add(message.Integer(2, type).Text(8, name).Bytes(9, raw));
    }

    /// <summary>A graph input or output: float, [batch, width] or [batch, time, width].</summary>
    private ProtoMessage Declaration(Node node)
    {
        var shape = new ProtoMessage().Message(1, new ProtoMessage().Text(2, "batch"));
        if (isSequence) shape.Message(1, new ProtoMessage().Text(2, "time"));
        shape.Message(1, new ProtoMessage().Integer(1, node.Shape.Width));
        var tensor = new ProtoMessage().Integer(1, FloatType).Message(2, shape);
        return new ProtoMessage().Text(1, ValueName(node)).Message(2, new ProtoMessage().Message(1, tensor));
    }
}

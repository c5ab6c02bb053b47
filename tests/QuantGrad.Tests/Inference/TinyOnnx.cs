using Google.Protobuf;
using QuantGrad.Inference;

namespace QuantGrad.Tests.Inference;

/// <summary>ONNX models written by hand, field by field, so that the binding is tested without our own exporter.</summary>
internal sealed class TinyOnnx
{
    private readonly List<byte[]> nodes = [];
    private readonly List<byte[]> inputs = [];
    private readonly List<byte[]> outputs = [];
    private readonly List<byte[]> initializers = [];
    private readonly List<(string Key, string Value)> metadata = [];

    public string Domain { get; init; } = "org.quantgrad";

    public long ModelVersion { get; init; } = 3;

    /// <summary>y = x + x, float [batch, width].</summary>
    public static byte[] Double(int width = 2) => new TinyOnnx()
        .Input("x", OnnxElementType.Float, "batch", width).Output("y", OnnxElementType.Float, "batch", width).Node("Add", ["x", "x"], "y").Build();

    public TinyOnnx Input(string name, OnnxElementType type, params object[] dimensions)
    {
        inputs.Add(ValueInfo(name, type, dimensions));
        return this;
    }

    public TinyOnnx Output(string name, OnnxElementType type, params object[] dimensions)
    {
        outputs.Add(ValueInfo(name, type, dimensions));
        return this;
    }

    public TinyOnnx Node(string op, string[] from, string to, string domain = "")
    {
        nodes.Add(Message(m =>
        {
            foreach (var name in from) m.String(1, name);
            m.String(2, to).String(4, op);
            if (domain.Length > 0) m.String(7, domain);
        }));
        return this;
    }

    public TinyOnnx Constant(string name, long[] shape, float[] values)
    {
        initializers.Add(Message(m =>
        {
            foreach (var size in shape) m.Int(1, size);
            m.Int(2, (long)OnnxElementType.Float).String(8, name).Bytes(9, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        }));
        return this;
    }

    public TinyOnnx Initializer(byte[] tensor)
    {
        initializers.Add(tensor);
        return this;
    }

    public TinyOnnx Meta(string key, string value)
    {
        metadata.Add((key, value));
        return this;
    }

    public byte[] Build()
    {
        var graph = Message(m =>
        {
            foreach (var node in nodes) m.Bytes(1, node);
            m.String(2, "tiny");
            foreach (var tensor in initializers) m.Bytes(5, tensor);
            foreach (var input in inputs) m.Bytes(11, input);
            foreach (var output in outputs) m.Bytes(12, output);
        });
        return Message(m =>
        {
            m.Int(1, 7).String(2, "by hand").String(3, "1").String(4, Domain).Int(5, ModelVersion).String(6, "a tiny model").Bytes(7, graph);
            m.Bytes(8, Message(o => o.String(1, "").Int(2, 13)));
            foreach (var (key, value) in metadata) m.Bytes(14, Message(p => p.String(1, key).String(2, value)));
        });
    }

    public static byte[] Message(Action<Fields> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) write(new Fields(output));
        return stream.ToArray();
    }

    private static byte[] ValueInfo(string name, OnnxElementType type, object[] dimensions) => Message(m => m.String(1, name).Bytes(2, Message(t => t.Bytes(1, Message(tensor =>
    {
        tensor.Int(1, (long)type).Bytes(2, Message(shape =>
        {
            foreach (var size in dimensions)
                shape.Bytes(1, Message(d => _ = size is string symbol ? symbol.Length == 0 ? d : d.String(2, symbol) : d.Int(1, Convert.ToInt64(size, System.Globalization.CultureInfo.InvariantCulture))));
        }));
    })))));

    internal sealed class Fields(CodedOutputStream output)
    {
        public Fields Int(int field, long value)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
            return this;
        }

        public Fields String(int field, string value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
            return this;
        }

        public Fields Bytes(int field, byte[] value)
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(value));
            return this;
        }
    }
}

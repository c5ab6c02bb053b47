using System.Globalization;
using Google.Protobuf;

namespace QuantGrad.Exporting;

/// <summary>
/// Reads an ONNX file field by field before any native code sees it, and refuses what a position model never needs: operators
/// outside the list, domains of others, functions, data outside the file, sparse tensors.
/// </summary>
internal sealed class OnnxInspection
{
    private const int External = 1;
    private const int DeepestGraph = 4;
    private readonly string name;
    private readonly bool anyOperator;

    private OnnxInspection(string name, bool anyOperator) => (this.name, this.anyOperator) = (name, anyOperator);

    /// <summary>Checks a model.</summary>
    /// <param name="model">The file.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="anyOperator">Whether every operator of ONNX's own domains may stand in it: a foreign model, where the configuration allows one.</param>
    /// <exception cref="ModelException">It holds something that is refused, or is no ONNX file.</exception>
    public static void Check(ReadOnlySpan<byte> model, string name, bool anyOperator = false)
    {
        var inspection = new OnnxInspection(name, anyOperator);
        try
        {
            inspection.Model(model.ToArray());
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new ModelException($"{name} is not an ONNX file: {failure.Message}", failure);
        }
    }

    private void Model(byte[] bytes)
    {
        var hasGraph = false;
        Fields(bytes, (field, value) =>
        {
            switch (field)
            {
                case 7:
                    Graph(value.Bytes, depth: 1);
                    hasGraph = true;
                    break;
                case 8: Fields(value.Bytes, (part, domain) => RefuseDomain(part == 1 ? domain.Text : "")); break;
                case 20: throw Refused("training information");
                case 25: throw Refused("functions of its own");
            }
        });
        if (!hasGraph) throw new ModelException($"{name} is not an ONNX file: it holds no graph.");
    }

    private void Graph(byte[] bytes, int depth)
    {
        if (depth > DeepestGraph) throw Refused("graphs within graphs");
        Fields(bytes, (field, value) =>
        {
            switch (field)
            {
                case 1: Node(value.Bytes, depth); break;
                case 5: Tensor(value.Bytes); break;
                case 15: throw Refused("a sparse tensor");
            }
        });
    }

    private void Node(byte[] bytes, int depth)
    {
        var (type, domain) = ("", "");
        Fields(bytes, (field, value) =>
        {
            if (field == 4) type = value.Text;
            else if (field == 7) domain = value.Text;
            else if (field == 5) Attribute(value.Bytes, depth);
        });
        RefuseDomain(domain);
        if (!anyOperator && !OnnxOperators.Allowed.Contains(type))
            throw new ModelException($"{name} holds the operator {Shown(type)}, which is not on the list of what a position model may do{NearestOperator(type)}.");
    }

    private void Attribute(byte[] bytes, int depth) => Fields(bytes, (field, value) =>
    {
        switch (field)
        {
            case 5 or 10: Tensor(value.Bytes); break;
            case 6 or 11 when anyOperator: Graph(value.Bytes, depth + 1); break;
            case 6 or 11: throw Refused("a graph inside an operator");
            case 22 or 23: throw Refused("a sparse tensor");
        }
    });

    private void Tensor(byte[] bytes) => Fields(bytes, (field, value) =>
    {
        if (field == 13 || (field == 14 && value.Number == External)) throw Refused("data outside the file");
    });

    private void RefuseDomain(string domain)
    {
        if (domain is "" or "ai.onnx" || (anyOperator && domain == "ai.onnx.ml")) return;
        throw new ModelException($"{name} uses operators of the domain {Shown(domain)}; only ONNX's own are taken.");
    }

    private ModelException Refused(string what) => new($"{name} holds {what}, which is refused: such a model can reach beyond its own file.");

    private static string NearestOperator(string type) => OnnxOperators.Allowed.FirstOrDefault(known => known.Equals(type, StringComparison.OrdinalIgnoreCase)) is { } known ? $" (did you mean {known}?)" : "";

    private static string Shown(string text) => $"'{string.Concat(text.Take(64).Select(letter => char.IsControl(letter) ? '?' : letter))}'";

    private static void Fields(byte[] message, Action<int, Value> take)
    {
        using var input = new CodedInputStream(message);
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited: take(field, new Value(input.ReadBytes(), 0)); break;
                case WireFormat.WireType.Varint: take(field, new Value(ByteString.Empty, input.ReadInt64())); break;
                default: input.SkipLastField(); break;
            }
        }
    }

    private readonly record struct Value(ByteString Content, long Number)
    {
        public byte[] Bytes => Content.ToByteArray();

        public string Text => Content.ToStringUtf8();

        public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
    }
}

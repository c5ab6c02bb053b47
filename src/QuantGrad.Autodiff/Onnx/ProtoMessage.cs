using Google.Protobuf;

namespace QuantGrad.Autodiff.Onnx;

/// <summary>One protobuf message in the making: fields in the order in which they are added, so that equal models are equal bytes.</summary>
internal sealed class ProtoMessage
{
    private readonly MemoryStream bytes = new();
    private readonly CodedOutputStream output;

    internal ProtoMessage() => output = new CodedOutputStream(bytes, leaveOpen: true);

    internal ProtoMessage Integer(int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
        return this;
    }

    internal ProtoMessage Float(int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
        return this;
    }

    internal ProtoMessage Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
        return this;
    }

    internal ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    internal ProtoMessage Message(int field, ProtoMessage value) => Bytes(field, value.ToArray());

    internal byte[] ToArray()
    {
        output.Flush();
        return bytes.ToArray();
    }
}

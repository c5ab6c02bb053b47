namespace QuantGrad.Autodiff.Onnx;

/// <summary>An attribute of an ONNX node.</summary>
public sealed class OnnxAttribute
{
    private OnnxAttribute(ProtoMessage message) => Message = message;

    internal ProtoMessage Message { get; }

    /// <summary>A number.</summary>
    public static OnnxAttribute Float(string name, float value) => new(new ProtoMessage().Text(1, name).Float(2, value).Integer(20, 1));

    /// <summary>An integer.</summary>
    public static OnnxAttribute Integer(string name, long value) => new(new ProtoMessage().Text(1, name).Integer(3, value).Integer(20, 2));

    /// <summary>A word.</summary>
    public static OnnxAttribute Text(string name, string value) =>
        new(new ProtoMessage().Text(1, name).Bytes(4, System.Text.Encoding.UTF8.GetBytes(value)).Integer(20, 3));

    /// <summary>Integers: axes, a permutation, paddings.</summary>
    public static OnnxAttribute Integers(string name, params ReadOnlySpan<long> values)
    {
        var message = new ProtoMessage().Text(1, name);
        foreach (var value in values) message.Integer(8, value);
        return new(message.Integer(20, 7));
    }
}

using System.Buffers.Binary;
using System.Text.Json;
using QuantGrad.Inference;

namespace QuantGrad.Serving.Protocol;

/// <summary>Reads a tensor's values, row-major, flat or nested as its shape, straight into the bound buffer.</summary>
internal static class TensorData
{
    /// <summary>Reads the JSON array on which the reader stands.</summary>
    public static void Read(ref Utf8JsonReader reader, InferCall call, int input, scoped ReadOnlySpan<long> shape)
    {
        var info = call.Version.Session.Inputs[input];
        JsonReading.Expect(ref reader, JsonTokenType.StartArray, $"data of '{info.Name}'");
        var written = 0;
        switch (info.ElementType)
        {
            case OnnxElementType.Float: Array(ref reader, call.Binding.Input<float>(input), shape, info.Name, ref written, nested: false, static (ref Utf8JsonReader number, string name) => JsonReading.Float(ref number, name)); break;
            case OnnxElementType.Double: Array(ref reader, call.Binding.Input<double>(input), shape, info.Name, ref written, nested: false, static (ref Utf8JsonReader number, string name) => JsonReading.Double(ref number, name)); break;
            default: Array(ref reader, call.Binding.Input<long>(input), shape, info.Name, ref written, nested: false, static (ref Utf8JsonReader number, string name) => JsonReading.Int64(ref number, name)); break;
        }

        var elements = call.Binding.InputBytes(input).Length / info.ElementBytes;
        if (written != elements) throw RequestException.Invalid($"data of '{info.Name}' holds {written} values, its shape holds {elements}");
    }

    /// <summary>Whether every value of a filled input is finite; integers are.</summary>
    public static bool IsFinite(ReadOnlySpan<byte> bytes, OnnxElementType type)
    {
        var (step, exponent) = type == OnnxElementType.Float ? (4, 0x7F80_0000UL) : (8, 0x7FF0_0000_0000_0000UL);
        if (type == OnnxElementType.Int64) return true;
        for (var at = 0; at < bytes.Length; at += step)
        {
            var bits = step == 4 ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
            if ((bits & exponent) == exponent) return false;
        }

        return true;
    }

    private delegate T Number<T>(ref Utf8JsonReader reader, string name);

    private static void Array<T>(ref Utf8JsonReader reader, scoped Span<T> values, scoped ReadOnlySpan<long> shape, string name, ref int written, bool nested, Number<T> number)
    {
        var count = 0;
        var within = -1;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var isArray = reader.TokenType == JsonTokenType.StartArray ? 1 : 0;
            if (within >= 0 && within != isArray) throw RequestException.Invalid($"data of '{name}' mixes numbers and arrays");
            within = isArray;
            count++;
            if (isArray == 1)
            {
                if (shape.Length < 2) throw RequestException.Invalid($"data of '{name}' is nested deeper than its shape");
                Array(ref reader, values, shape[1..], name, ref written, nested: true, number);
                continue;
            }

            if (written == values.Length) throw RequestException.Invalid($"data of '{name}' holds more values than its shape");
            values[written++] = number(ref reader, name);
        }

        if (nested || within == 1)
        {
            if (within == 0 && shape.Length != 1) throw RequestException.Invalid($"data of '{name}' is nested less deep than its shape");
            if (count != shape[0]) throw RequestException.Invalid($"data of '{name}' is nested unlike its shape: found {count} entries where the shape says {shape[0]}");
        }
    }
}

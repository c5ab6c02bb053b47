using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using QuantGrad.Inference;

namespace QuantGrad.Serving.Protocol;

/// <summary>Reads a tensor's values, row-major, flat or nested as its shape, straight into the bound buffer.</summary>
internal static class TensorData
{
    /// <summary>Reads the JSON array on which the reader stands, and leaves the reader on its end.</summary>
    /// <param name="reader">The reader; it goes on behind the numbers as another one over the rest of the text.</param>
    /// <param name="call">Receives the values.</param>
    /// <param name="input">The input.</param>
    /// <param name="shape">Its shape.</param>
    public static void Read(ref Utf8JsonReader reader, InferCall call, int input, scoped ReadOnlySpan<long> shape)
    {
        var info = call.Version.Session.Inputs[input];
        JsonReading.Expect(ref reader, JsonTokenType.StartArray, $"data of '{info.Name}'");
        var numbers = new JsonNumbers(call.JsonBytes, call.ReaderStart + (int)reader.BytesConsumed);
        var written = info.ElementType switch
        {
            OnnxElementType.Float => All(ref numbers, call.Binding.Input<float>(input), shape, info.Name),
            OnnxElementType.Double => All(ref numbers, call.Binding.Input<double>(input), shape, info.Name),
            _ => All(ref numbers, call.Binding.Input<long>(input), shape, info.Name),
        };
        var elements = call.Binding.InputBytes(input).Length / info.ElementBytes;
        if (written != elements) throw RequestException.Invalid($"data of '{info.Name}' holds {written} values, its shape holds {elements}");
        call.ReaderStart = numbers.Position;
        reader = new Utf8JsonReader(call.JsonBytes[numbers.Position..], isFinalBlock: true, reader.CurrentState); // for it, an array that was empty
        reader.Read();
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

    /// <summary>Reads up to the closing bracket, on which the numbers then stand. Gives how many values there were.</summary>
    internal static int All<T>(ref JsonNumbers numbers, scoped Span<T> values, scoped ReadOnlySpan<long> shape, string name)
        where T : unmanaged, INumber<T>
    {
        var written = 0;
        Array(ref numbers, values, shape, name, ref written, nested: false);
        return written;
    }

    private static void Array<T>(ref JsonNumbers numbers, scoped Span<T> values, scoped ReadOnlySpan<long> shape, string name, ref int written, bool nested)
        where T : unmanaged, INumber<T>
    {
        var next = numbers.Peek();
        var isNested = next == '[';
        var count = 0;
        while (next != ']')
        {
            if (next == '[' != isNested) throw RequestException.Invalid($"data of '{name}' mixes numbers and arrays");
            if (isNested)
            {
                if (shape.Length < 2) throw RequestException.Invalid($"data of '{name}' is nested deeper than its shape");
                numbers.Skip();
                Array(ref numbers, values, shape[1..], name, ref written, nested: true);
                numbers.Skip();
            }
            else
            {
                if (written == values.Length) throw RequestException.Invalid($"data of '{name}' holds more values than its shape");
                values[written++] = numbers.Read<T>(name);
            }

            count++;
            next = numbers.Peek();
            if (next == ']') break;
            if (next != ',') throw RequestException.Invalid($"data of '{name}' is not valid JSON after value {written}");
            numbers.Skip();
            next = numbers.Peek();
            if (next == ']') throw RequestException.Invalid($"data of '{name}' is not valid JSON after value {written}");
        }

        if (!nested && !isNested) return;
        if (nested && !isNested && shape.Length != 1) throw RequestException.Invalid($"data of '{name}' is nested less deep than its shape");
        if (count != shape[0]) throw RequestException.Invalid($"data of '{name}' is nested unlike its shape: found {count} entries where the shape says {shape[0]}");
    }
}

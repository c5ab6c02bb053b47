using System.Text.Json;
using QuantGrad.Inference;

namespace QuantGrad.Serving.Protocol;

/// <summary>Reads one input tensor of a request.</summary>
/// <param name="settings">The limits.</param>
internal sealed class TensorRequest(ServerSettings settings)
{
    private const int MostDimensions = 8;

    /// <summary>Sequences of so many bars are taken however short the model's own are.</summary>
    private const int LeastSequenceLimit = 1024;

    /// <summary>Reads the tensor on which the reader stands.</summary>
    /// <param name="reader">Stands on the object's beginning; ends on its end.</param>
    /// <param name="call">Receives the values.</param>
    /// <param name="bytesAt">Where the next tensor's bytes begin in the body.</param>
    public void Read(ref Utf8JsonReader reader, InferCall call, ref int bytesAt)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartObject, "an input");
        Span<long> dimensions = stackalloc long[MostDimensions];
        var (seen, input, rank, isType, byteCount, bound) = (0, -1, -1, false, -1L, false);
        Utf8JsonReader type = default, data = default; // keys that came before what they are judged by
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                JsonReading.Once(ref seen, 0, "name");
                reader.Read();
                input = Index(ref reader, call);
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                JsonReading.Once(ref seen, 1, "shape");
                reader.Read();
                rank = Shape(ref reader, dimensions);
            }
            else if (reader.ValueTextEquals("datatype"u8))
            {
                JsonReading.Once(ref seen, 2, "datatype");
                reader.Read();
                JsonReading.Expect(ref reader, JsonTokenType.String, "datatype");
                if (input < 0) type = reader;
                else CheckType(ref reader, call, input);
                isType = input >= 0;
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                JsonReading.Once(ref seen, 3, "parameters");
                reader.Read();
                byteCount = Parameters.Read(ref reader, "binary_data_size"u8).Number;
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                JsonReading.Once(ref seen, 4, "data");
                reader.Read();
                bound = input >= 0 && rank >= 0 && isType;
                if (bound) Values(ref reader, call, input, dimensions[..rank]);
                else
                {
                    data = reader;
                    reader.Skip();
                }
            }
            else
            {
                throw JsonReading.UnknownKey(ref reader, "an input", "name", "shape", "datatype", "parameters", "data");
            }
        }

        if (input < 0 || rank < 0 || (seen & 4) == 0) throw RequestException.Invalid("an input needs name, shape and datatype");
        if (!isType) CheckType(ref type, call, input);
        var hasData = (seen & 16) != 0;
        if (hasData && !bound)
        {
            var start = call.ReaderStart; // the main reader stands beyond the data already
            Values(ref data, call, input, dimensions[..rank]);
            call.ReaderStart = start;
        }

        if (hasData && byteCount >= 0) throw RequestException.Invalid($"the input '{Name(call, input)}' has both data and binary_data_size");
        if (hasData) return;
        if (byteCount < 0) throw RequestException.Invalid($"the input '{Name(call, input)}' has no data");
        Bytes(call, input, dimensions[..rank], byteCount, ref bytesAt);
    }

    /// <summary>Sets an input's shape, once it fits the model and what the body can hold.</summary>
    /// <param name="call">The call.</param>
    /// <param name="input">The input.</param>
    /// <param name="shape">The shape that was asked for.</param>
    /// <param name="mostElements">No more elements than this can follow.</param>
    public void Bind(InferCall call, int input, scoped ReadOnlySpan<long> shape, long mostElements)
    {
        var info = call.Version.Session.Inputs[input];
        var elements = 1L;
        var fits = shape.Length == info.Dimensions.Length;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] < 1 || elements > int.MaxValue / shape[axis]) throw RequestException.Invalid($"the shape [{string.Join(", ", shape.ToArray())}] of '{info.Name}' cannot be: dimensions start at 1 and a tensor has bounds");
            elements *= shape[axis];
            fits &= axis < info.Dimensions.Length && (info.Dimensions[axis] < 0 || info.Dimensions[axis] == shape[axis]);
        }

        if (!fits) throw RequestException.Invalid($"the shape [{string.Join(", ", shape.ToArray())}] does not fit the input {info}");
        if (shape.Length > 0 && shape[0] > settings.MaxRows) throw RequestException.Invalid($"'{info.Name}' has {shape[0]} rows; at most {settings.MaxRows} are taken");
        if (call.Version.Bundle?.Manifest.SequenceBars is > 0 and var bars) BoundSequence(info, shape, Math.Max(LeastSequenceLimit, 2 * bars));
        if (elements > mostElements) throw RequestException.Invalid($"the shape of '{info.Name}' holds {elements} values, more than the body");
        if (call.Filled[input]) throw RequestException.Invalid($"the input '{info.Name}' stands twice");
        call.Filled[input] = true;
        if (input == 0) call.Rows = shape.Length > 0 ? (int)shape[0] : 1;
        call.Binding.SetShape(input, shape);
    }

    /// <summary>Attention takes memory that grows with the square of a sequence's length: a request must not be able to ask for all there is.</summary>
    private void BoundSequence(OnnxTensorInfo info, scoped ReadOnlySpan<long> shape, int mostBars)
    {
        if (shape[1] > mostBars) throw RequestException.Invalid($"'{info.Name}' has sequences of {shape[1]} bars; at most {mostBars} are taken");
        if (shape[0] * shape[1] > settings.MaxRows) throw RequestException.Invalid($"'{info.Name}' has {shape[0]} sequences of {shape[1]} bars, {shape[0] * shape[1]} rows; at most {settings.MaxRows} are taken");
    }

    /// <summary>Takes an input's bytes out of the body.</summary>
    public void Bytes(InferCall call, int input, scoped ReadOnlySpan<long> shape, long byteCount, ref int bytesAt)
    {
        var info = call.Version.Session.Inputs[input];
        if (byteCount > call.BodyLength - bytesAt) throw RequestException.Invalid($"binary_data_size of '{info.Name}' is {byteCount}; {call.BodyLength - bytesAt} bytes are left in the body");
        Bind(call, input, shape, byteCount / info.ElementBytes);
        var target = call.Binding.InputBytes(input);
        if (byteCount != target.Length) throw RequestException.Invalid($"'{info.Name}' has {byteCount} bytes, its shape and type say {target.Length}");
        call.Body.AsSpan(bytesAt, target.Length).CopyTo(target);
        bytesAt += target.Length;
        if (!TensorData.IsFinite(target, info.ElementType)) throw RequestException.Invalid($"'{info.Name}' holds a value that is not finite");
    }

    private void Values(ref Utf8JsonReader reader, InferCall call, int input, scoped ReadOnlySpan<long> shape)
    {
        Bind(call, input, shape, call.JsonLength);
        TensorData.Read(ref reader, call, input, shape);
    }

    private static string Name(InferCall call, int input) => call.Version.Session.Inputs[input].Name;

    private static int Index(ref Utf8JsonReader reader, InferCall call)
    {
        JsonReading.Expect(ref reader, JsonTokenType.String, "the name of an input");
        for (var index = 0; index < call.Version.InputNames.Length; index++)
            if (reader.ValueTextEquals(call.Version.InputNames[index])) return index;
        throw RequestException.Invalid($"the model has no input '{RequestException.Shown(reader.GetString()!)}'; it takes {string.Join("; ", call.Version.Session.Inputs)}");
    }

    private static int Shape(ref Utf8JsonReader reader, scoped Span<long> dimensions)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartArray, "shape");
        var rank = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (rank == dimensions.Length) throw RequestException.Invalid($"a shape has at most {MostDimensions} dimensions");
            dimensions[rank++] = JsonReading.Int64(ref reader, "shape");
        }

        return rank;
    }

    private static void CheckType(ref Utf8JsonReader reader, InferCall call, int input)
    {
        var info = call.Version.Session.Inputs[input];
        if (!reader.ValueTextEquals(TensorType.NameUtf8(info.ElementType)))
            throw RequestException.Invalid($"the datatype of '{info.Name}' is {TensorType.Name(info.ElementType)}, found '{RequestException.Shown(reader.GetString() ?? "")}'");
    }
}

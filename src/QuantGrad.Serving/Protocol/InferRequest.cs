using System.Text.Json;

namespace QuantGrad.Serving.Protocol;

/// <summary>
/// Reads an inference request of the Open Inference Protocol in one pass, values straight into the bound buffers. Keys may come in any
/// order; what does not fit is refused with its name.
/// </summary>
/// <param name="settings">The limits.</param>
internal sealed class InferRequest(ServerSettings settings)
{
    private readonly TensorRequest tensors = new(settings);

    /// <summary>Reads the body of a call into its binding.</summary>
    /// <exception cref="RequestException">The request does not fit the protocol or the model.</exception>
    public void Read(InferCall call)
    {
        try
        {
            var reader = JsonReading.Open(call.JsonBytes);
            reader.Read();
            Object(ref reader, call);
            if (reader.Read()) throw RequestException.Invalid("the body goes on after its JSON object");
        }
        catch (JsonException failure)
        {
            throw JsonReading.NotJson(failure);
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Invalid("the body holds text that is not valid Unicode");
        }

        foreach (var (index, name) in call.Version.Session.Inputs.Index())
            if (!call.Filled[index]) throw RequestException.Invalid($"the input '{name.Name}' is missing; the model takes {string.Join("; ", call.Version.Session.Inputs)}");
        if (call.Wanted.Count == 0)
            for (var index = 0; index < call.Version.OutputNames.Length; index++) call.Wanted.Add(index);
        if (!call.AllBinary) return;
        for (var at = 0; at < call.Wanted.Count; at++) call.Wanted[at] = call.Wanted[at] < 0 ? call.Wanted[at] : ~call.Wanted[at];
    }

    private void Object(ref Utf8JsonReader reader, InferCall call)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartObject, "the body");
        var (seen, bytesAt) = (0, call.JsonLength);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputs"u8))
            {
                JsonReading.Once(ref seen, 0, "inputs");
                reader.Read();
                JsonReading.Expect(ref reader, JsonTokenType.StartArray, "inputs");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) tensors.Read(ref reader, call, ref bytesAt);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                JsonReading.Once(ref seen, 1, "id");
                reader.Read();
                JsonReading.Expect(ref reader, JsonTokenType.String, "id");
                if (reader.ValueSpan.Length > 256) throw RequestException.Invalid("id is longer than 256 bytes");
                _ = reader.GetString(); // a text with broken surrogates is refused here
                call.Id = (call.ReaderStart + (int)reader.TokenStartIndex)..(call.ReaderStart + (int)reader.BytesConsumed);
            }
            else if (reader.ValueTextEquals("outputs"u8))
            {
                JsonReading.Once(ref seen, 2, "outputs");
                reader.Read();
                OutputRequest.Read(ref reader, call);
            }
            else if (reader.ValueTextEquals("parameters"u8))
            {
                JsonReading.Once(ref seen, 3, "parameters");
                reader.Read();
                call.AllBinary = Parameters.Read(ref reader, "binary_data_output"u8).Flag;
            }
            else
            {
                throw JsonReading.UnknownKey(ref reader, "the request", "id", "parameters", "inputs", "outputs");
            }
        }

        if ((seen & 1) == 0) throw RequestException.Invalid("the request has no inputs");
        if (bytesAt != call.BodyLength) throw RequestException.Invalid($"the body holds {call.BodyLength - bytesAt} bytes more than its inputs say");
    }
}

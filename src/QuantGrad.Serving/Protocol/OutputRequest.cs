using System.Text.Json;

namespace QuantGrad.Serving.Protocol;

/// <summary>Reads which outputs are wanted, and which of them as bytes.</summary>
internal static class OutputRequest
{
    public static void Read(ref Utf8JsonReader reader, InferCall call)
    {
        JsonReading.Expect(ref reader, JsonTokenType.StartArray, "outputs");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            JsonReading.Expect(ref reader, JsonTokenType.StartObject, "an output");
            var (seen, index, binary) = (0, -1, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("name"u8))
                {
                    JsonReading.Once(ref seen, 0, "name");
                    reader.Read();
                    index = Index(ref reader, call.Version.OutputNames);
                }
                else if (reader.ValueTextEquals("parameters"u8))
                {
                    JsonReading.Once(ref seen, 1, "parameters");
                    reader.Read();
                    binary = Parameters.Read(ref reader, "binary_data"u8).Flag;
                }
                else
                {
                    throw JsonReading.UnknownKey(ref reader, "an output", "name", "parameters");
                }
            }

            if (index < 0) throw RequestException.Invalid("an output has no name");
            if (call.Wanted.Contains(index) || call.Wanted.Contains(~index)) throw RequestException.Invalid($"the output '{call.Version.Session.Outputs[index].Name}' is wanted twice");
            call.Wanted.Add(binary ? ~index : index);
        }
    }

    private static int Index(ref Utf8JsonReader reader, byte[][] names)
    {
        JsonReading.Expect(ref reader, JsonTokenType.String, "the name of an output");
        for (var index = 0; index < names.Length; index++)
            if (reader.ValueTextEquals(names[index])) return index;
        throw RequestException.Invalid($"the model has no output '{RequestException.Shown(reader.GetString()!)}'");
    }
}

using System.Text.Json;
using QuantGrad.Inference;

namespace QuantGrad.Serving.Protocol;

/// <summary>Writes the answer of an inference: JSON, and behind it the bytes of the outputs that were wanted as bytes.</summary>
internal static class InferAnswer
{
    private static readonly JsonEncodedText ModelName = JsonEncodedText.Encode("model_name"), ModelVersion = JsonEncodedText.Encode("model_version"), Id = JsonEncodedText.Encode("id"),
        Outputs = JsonEncodedText.Encode("outputs"), Name = JsonEncodedText.Encode("name"), Shape = JsonEncodedText.Encode("shape"), DataType = JsonEncodedText.Encode("datatype"),
        Data = JsonEncodedText.Encode("data"), Parameters = JsonEncodedText.Encode("parameters"), BinarySize = JsonEncodedText.Encode("binary_data_size");

    /// <summary>Writes into the call's answer.</summary>
    /// <exception cref="RequestException">The model gave a value that JSON cannot hold, or ours one that is not finite.</exception>
    public static void Write(InferCall call)
    {
        var json = call.Json;
        var binary = false;
        json.WriteStartObject();
        json.WriteString(ModelName, call.Version.Name);
        json.WriteString(ModelVersion, call.Version.Version);
        if (call.HasId)
        {
            json.WritePropertyName(Id);
            json.WriteRawValue(call.Body.AsSpan(call.Id), skipInputValidation: true);
        }

        json.WriteStartArray(Outputs);
        foreach (var wanted in call.Wanted)
        {
            Output(json, call, wanted < 0 ? ~wanted : wanted, wanted < 0);
            binary |= wanted < 0;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        if (!binary) return;
        call.AnswerJsonLength = call.Answer.WrittenCount;
        foreach (var wanted in call.Wanted)
        {
            if (wanted >= 0) continue;
            var bytes = call.Binding.OutputBytes(~wanted);
            bytes.CopyTo(call.Answer.GetSpan(bytes.Length));
            call.Answer.Advance(bytes.Length);
        }
    }

    private static void Output(Utf8JsonWriter json, InferCall call, int index, bool binary)
    {
        var info = call.Version.Session.Outputs[index];
        if ((!binary || call.Version.Bundle is not null) && !TensorData.IsFinite(call.Binding.OutputBytes(index), info.ElementType))
            throw new RequestException(StatusCodes.Status500InternalServerError, $"the model gave a value of '{info.Name}' that is not finite");
        json.WriteStartObject();
        json.WriteString(Name, info.Name);
        json.WriteStartArray(Shape);
        foreach (var size in call.Binding.OutputShape(index)) json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteString(DataType, TensorType.NameUtf8(info.ElementType));
        if (binary)
        {
            json.WriteStartObject(Parameters);
            json.WriteNumber(BinarySize, call.Binding.OutputBytes(index).Length);
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray(Data);
            Values(json, call, index, info.ElementType);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, InferCall call, int index, OnnxElementType type)
    {
        switch (type)
        {
            case OnnxElementType.Float:
                foreach (var value in call.Binding.Output<float>(index)) json.WriteNumberValue(value);
                break;
            case OnnxElementType.Double:
                foreach (var value in call.Binding.Output<double>(index)) json.WriteNumberValue(value);
                break;
            default:
                foreach (var value in call.Binding.Output<long>(index)) json.WriteNumberValue(value);
                break;
        }
    }
}

using System.Buffers;
using System.Text.Json;
using QuantGrad.Training;

namespace QuantGrad.Reporting;

/// <summary><c>training.json</c>: the learning curves of every unit, for the report and for whoever wants to look.</summary>
internal static class TrainingJson
{
    /// <summary>Writes <c>[{fold, seed, best_epoch, train_objective[], validation_objective[], gradient_norm[], rate_halved[]}]</c>; an undefined value is null.</summary>
    public static byte[] Write(TrainedUnit[][] units)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var unit in units.SelectMany(fold => fold))
            {
                json.WriteStartObject();
                json.WriteNumber("fold", unit.Fold);
                json.WriteNumber("seed", unit.Seed);
                json.WriteNumber("best_epoch", unit.BestEpoch);
                Curve(json, "train_objective", unit.TrainObjective);
                Curve(json, "validation_objective", unit.ValidationObjective);
                Curve(json, "gradient_norm", unit.GradientNorm);
                json.WriteStartArray("rate_halved");
                foreach (var epoch in unit.RateHalved) json.WriteNumberValue(epoch);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Curve(Utf8JsonWriter json, string name, double[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value)) json.WriteNumberValue(Math.Round(value, 6));
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}

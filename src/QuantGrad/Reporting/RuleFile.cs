using System.Buffers;
using System.Text.Json;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>The files of a run's folder that tell of a rule: what its parameters became in every fold, and how they were found.</summary>
internal static class RuleFile
{
    /// <summary>The name of the file that <see cref="Rule"/> makes.</summary>
    public const string RuleName = "rule.json";

    /// <summary>Points of a path that are written at most.</summary>
    private const int MostPoints = 60;

    /// <summary><c>parameters.json</c>: <c>[{fold, seed, values: {name: number}}]</c>, the values as traded.</summary>
    public static byte[] Parameters(RuleEvidence evidence) => Json(json =>
    {
        json.WriteStartArray();
        foreach (var unit in evidence.Units)
        {
            json.WriteStartObject();
            json.WriteNumber("fold", unit.Fold);
            json.WriteNumber("seed", unit.Seed);
            Values(json, "values", unit.Rule!.Names, unit.Rule.Values);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>
    /// <c>rule.json</c> (with the part of <see cref="RuleSurfaceFile"/>): <c>formula, hardened, sharpe {soft_in_sample, hard_in_sample, soft_out_of_sample, hard_out_of_sample}, evaluations, looks,
    /// box {name: {min, max, scale}}, folds [{fold, seed, kept, evaluations, looks, soft_objective, hard_objective, at_edge [], starts [{hard_objective, end {}}],
    /// path {name: []}, path_epochs []}]</c>; an undefined number is null.
    /// </summary>
    public static byte[] Rule(RuleEvidence evidence) => Json(json =>
    {
        var rule = evidence.Strategy.Model.Rule!;
        json.WriteStartObject();
        json.WriteString("formula", rule.Position);
        json.WriteBoolean("hardened", rule.Harden);
        json.WriteStartObject("sharpe");
        Number(json, "soft_in_sample", evidence.SoftInSample);
        Number(json, "hard_in_sample", evidence.HardInSample);
        Number(json, "soft_out_of_sample", evidence.SoftOutOfSample);
        Number(json, "hard_out_of_sample", evidence.HardOutOfSample);
        json.WriteEndObject();
        json.WriteNumber("evaluations", evidence.Evaluations);
        json.WriteNumber("looks", evidence.Looks);
        if (evidence.Surface is { } surface) RuleSurfaceFile.Write(json, evidence, surface);
        json.WriteStartObject("box");
        foreach (var parameter in rule.Parameters)
        {
            json.WriteStartObject(parameter.Name);
            json.WriteNumber("min", parameter.Min);
            json.WriteNumber("max", parameter.Max);
            json.WriteString("scale", parameter.IsLogarithmic ? "log" : "linear");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("folds");
        foreach (var unit in evidence.Units) Unit(json, evidence, unit);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Unit(Utf8JsonWriter json, RuleEvidence evidence, TrainedUnit unit)
    {
        var record = unit.Rule!;
        json.WriteStartObject();
        json.WriteNumber("fold", unit.Fold);
        json.WriteNumber("seed", unit.Seed);
        json.WriteNumber("kept", record.Kept);
        json.WriteNumber("evaluations", record.Evaluations);
        json.WriteNumber("looks", record.Looks);
        Number(json, "soft_objective", record.SoftObjective);
        Number(json, "hard_objective", record.HardObjective);
        json.WriteStartArray("at_edge");
        foreach (var name in evidence.AtEdge(unit)) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteStartArray("starts");
        foreach (var start in record.Starts)
        {
            json.WriteStartObject();
            Number(json, "hard_objective", start.HardObjective);
            Values(json, "end", record.Names, start.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Path(json, record);
        json.WriteEndObject();
    }

    private static void Path(Utf8JsonWriter json, RuleRecord record)
    {
        var path = record.Starts[record.Kept].Path;
        var epochs = Enumerable.Range(0, path.Length).Where(epoch => epoch % Math.Max(1, (path.Length + MostPoints - 1) / MostPoints) == 0 || epoch == path.Length - 1).ToArray();
        json.WriteStartArray("path_epochs");
        foreach (var epoch in epochs) json.WriteNumberValue(epoch);
        json.WriteEndArray();
        json.WriteStartObject("path");
        for (var i = 0; i < record.Names.Length; i++)
        {
            json.WriteStartArray(record.Names[i]);
            foreach (var epoch in epochs) json.WriteNumberValue(Math.Round(path[epoch][i], 6));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, string name, string[] names, double[] values)
    {
        json.WriteStartObject(name);
        foreach (var (parameter, value) in names.Zip(values)) json.WriteNumber(parameter, Math.Round(value, 6));
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) write(json);
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}

using System.Text.Json;
using QuantGrad.Metrics;

namespace QuantGrad.Reporting;

/// <summary>The blocks <c>baselines</c> and <c>significance</c> of <c>metrics.json</c>.</summary>
internal static class EvidenceBlocks
{
    /// <summary>Writes both blocks; an undefined figure is null, with its reason under <c>reasons</c> beside it.</summary>
    /// <param name="json">Stands inside an object.</param>
    /// <param name="evidence">The evidence.</param>
    public static void WriteTo(Utf8JsonWriter json, RunEvidence evidence)
    {
        json.WriteStartObject("baselines");
        for (var number = 0; number < evidence.Baselines.Count; number++)
        {
            json.WritePropertyName(evidence.Baselines[number].Key);
            evidence.BaselineFigures[number].WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteStartObject("significance");
        json.WriteStartObject("sharpe_difference");
        for (var number = 0; number < evidence.Baselines.Count; number++)
        {
            var test = evidence.Differences[number];
            Block(json, evidence.Baselines[number].Key, ("difference", test.Difference), ("lower", test.Lower), ("upper", test.Upper), ("p_value", test.PValue));
        }

        json.WriteEndObject();
        if (evidence.BeatsLongOnly is { } spa) Block(json, "spa", ("p_consistent", spa.Consistent), ("p_lower", spa.Lower), ("p_upper", spa.Upper), ("p_reality_check", spa.RealityCheck));
        if (evidence.BeatenByBaseline is { } beaten)
            Block(json, "baselines_beat", ("p_consistent", beaten.Consistent), ("p_lower", beaten.Lower), ("p_upper", beaten.Upper), ("p_reality_check", beaten.RealityCheck));
        if (evidence.Overfitting is { } pbo) Block(json, "pbo", ("probability", pbo.Probability), ("configurations", MetricValue.Of(evidence.Configurations.Length)), ("splits", MetricValue.Of(pbo.Logits.Length)));
        Block(json, "random_timing", ("sharpe", evidence.Timing.Sharpe), ("p_value", evidence.Timing.PValue), ("draws", MetricValue.Of(evidence.Timing.Null.Length)));
        json.WriteEndObject();
    }

    private static void Block(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, MetricValue Value)> figures)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in figures)
        {
            if (value.IsDefined) json.WriteNumber(key, value.Value);
            else json.WriteNull(key);
        }

        json.WriteStartObject("reasons");
        foreach (var (key, value) in figures)
            if (value.Reason is { } reason) json.WriteString(key, reason);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

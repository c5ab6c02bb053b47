using System.Text.Json;
using QuantGrad.Serving.Repository;

namespace QuantGrad.Serving.Protocol;

/// <summary>What our manifest adds to a model's metadata: all texts, as the protocol wants its properties.</summary>
internal static class ModelProperties
{
    public static void Write(Utf8JsonWriter json, ModelVersion version)
    {
        json.WriteStartObject("properties");
        if (version.Bundle?.Manifest is { } manifest)
        {
            json.WriteString("model_version", FormattableString.Invariant($"{manifest.ModelVersion}"));
            json.WriteString("kind", manifest.Kind);
            json.WriteString("feature_names", string.Join(',', manifest.Features.Select(feature => feature.Name)));
            json.WriteString("history_bars", FormattableString.Invariant($"{manifest.HistoryBars}"));
            if (manifest.SequenceBars > 0) json.WriteString("sequence_bars", FormattableString.Invariant($"{manifest.SequenceBars}"));
            json.WriteString("bar_seconds", FormattableString.Invariant($"{manifest.Market.BarSeconds}"));
            json.WriteString("train_end", FormattableString.Invariant($"{manifest.Window.TrainEnd:yyyy-MM-dd}"));
            json.WriteString("not_before", FormattableString.Invariant($"{manifest.Window.NotBefore:yyyy-MM-dd}"));
            if (manifest.Window.Expires is { } expires) json.WriteString("expires", FormattableString.Invariant($"{expires:yyyy-MM-dd}"));
            json.WriteString("run_id", manifest.Source.RunId);
            json.WriteString("manifest_sha256", manifest.ManifestSha256);
        }

        json.WriteEndObject();
    }
}

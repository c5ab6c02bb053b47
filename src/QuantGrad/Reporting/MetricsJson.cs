using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using QuantGrad.Exporting;
using QuantGrad.Metrics;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

/// <summary>
/// <c>metrics.json</c>: blocks of the same figures out of sample, in sample and of the benchmark, then the folds. An undefined figure is null, with its reason
/// under <c>reasons</c>; <c>ruined_on</c> is the date on which the account lost everything, null where it lives. It holds nothing of the machine or the time, so that the same run gives the same bytes.
/// </summary>
internal static class MetricsJson
{
    /// <summary>Indented, with characters as they are; the page escapes what it embeds.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    /// <param name="result">The walk.</param>
    /// <param name="folds">Its folds' figures.</param>
    /// <param name="blocks">Out of sample, in sample, benchmark, in this order, by name.</param>
    /// <param name="evidence">Baselines and significance.</param>
    public static byte[] Write(OutOfSample result, IReadOnlyList<FoldFigures> folds, IReadOnlyList<(string Name, MetricSet Figures)> blocks, RunEvidence evidence)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("strategy", result.Market.Strategy.Name);
            json.WriteNumber("periods_per_year", result.Market.PeriodsPerYear);
            json.WriteString("fill", StrategyTerms.Word(result.Market.Fill));
            WriteDate(json, "ruined_on", result.Ledger.RuinRow is { } row ? RunFiles.Dates(result.Market.Data.Panel.Dates)(result.Ledger.Dates[row]) : "");
            foreach (var (name, figures) in blocks)
            {
                json.WritePropertyName(name);
                figures.WriteTo(json);
            }

            EvidenceBlocks.WriteTo(json, evidence);
            json.WriteStartArray("folds");
            foreach (var fold in folds) WriteFold(json, result, fold);
            json.WriteEndArray();
            json.WritePropertyName("conventions");
            MetricSet.WriteConventions(json);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteFold(Utf8JsonWriter json, OutOfSample result, FoldFigures figures)
    {
        json.WriteStartObject();
        json.WriteNumber("fold", figures.Fold.Index);
        foreach (var (name, range) in new[] { ("train", figures.Fold.Train), ("validation", figures.Fold.Validation), ("test", figures.Fold.Test) })
        {
            WriteDate(json, name + "_start", RunFiles.First(result, range));
            WriteDate(json, name + "_end", RunFiles.Last(result, range));
        }

        var sharpes = new[] { ("train_sharpe", figures.TrainSharpe), ("validation_sharpe", figures.ValidationSharpe), ("test_sharpe", figures.TestSharpe) };
        foreach (var (name, value) in sharpes)
        {
            if (value.IsDefined) json.WriteNumber(name, value.Value);
            else json.WriteNull(name);
        }

        json.WriteNumber("epochs", figures.Epochs);
        json.WriteNumber("best_epoch", figures.BestEpoch);
        json.WriteNumber("seeds", figures.Seeds);
        json.WriteNumber("test_observations", figures.TestObservations);
        json.WriteStartObject("reasons");
        foreach (var (name, value) in sharpes)
            if (!value.IsDefined) json.WriteString(name, value.Reason);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDate(Utf8JsonWriter json, string name, string date)
    {
        if (date.Length == 0) json.WriteNull(name);
        else json.WriteString(name, date);
    }
}

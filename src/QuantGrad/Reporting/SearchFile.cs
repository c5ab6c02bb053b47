using System.Buffers;
using System.Text.Json;
using QuantGrad.Metrics.Returns;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;

namespace QuantGrad.Reporting;

/// <summary>
/// <c>search.json</c> of a run: <c>{kind, evaluator, points, out_of_sample_sharpe, folds [{fold, values {}, objective, validation_objective, at_edge [], descent {values {},
/// objective, evaluations}, evaluations_to_reach_descent}]}</c>. Objectives are those of the hard rule on the train rows; an undefined number is null.
/// </summary>
internal static class SearchFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "search.json";

    /// <summary>Writes it.</summary>
    /// <param name="comparison">Search and descent.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static byte[] Write(SearchComparison comparison, double periodsPerYear)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var search = comparison.Search;
            json.WriteStartObject();
            json.WriteString("kind", FileNaming.Instance.ConvertName(search.Kind.ToString()));
            json.WriteString("evaluator", search.UsesLanes ? "lanes" : "plain");
            json.WriteNumber("points", search.Evaluations);
            var sharpe = SharpeRatio.Of(comparison.Books.NetReturns(), periodsPerYear);
            Number(json, "out_of_sample_sharpe", sharpe.IsDefined ? sharpe.Value : double.NaN);
            json.WriteStartArray("folds");
            foreach (var fold in search.Folds) Fold(json, comparison, fold);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Fold(Utf8JsonWriter json, SearchComparison comparison, FoldSearch fold)
    {
        var search = comparison.Search;
        json.WriteStartObject();
        json.WriteNumber("fold", fold.Fold);
        Values(json, search.Names, fold.Values);
        Number(json, "objective", fold.TrainObjective);
        Number(json, "validation_objective", fold.ValidationObjective);
        json.WriteStartArray("at_edge");
        for (var i = 0; i < fold.AtEdge.Length; i++)
            if (fold.AtEdge[i]) json.WriteStringValue(search.Names[i]);
        json.WriteEndArray();
        json.WriteStartObject("descent");
        Values(json, search.Names, comparison.Descent[fold.Fold]);
        Number(json, "objective", comparison.DescentObjectives[fold.Fold]);
        json.WriteNumber("evaluations", comparison.DescentEvaluations[fold.Fold]);
        json.WriteEndObject();
        Number(json, "evaluations_to_reach_descent", search.EvaluationsToReach(fold.Fold, comparison.DescentObjectives[fold.Fold]));
        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, string[] names, double[] values)
    {
        json.WriteStartObject("values");
        for (var i = 0; i < values.Length; i++) json.WriteNumber(names[i], values[i]);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using QuantGrad.Accounting;

namespace QuantGrad.Reporting;

/// <summary>The files of a run's folder that hold its evidence, as README.md of this folder lists them.</summary>
internal static class EvidenceFiles
{
    /// <summary>Every file with its name.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Of(RunEvidence evidence)
    {
        yield return ("baselines.csv", Baselines(evidence));
        yield return ("contributions.csv", Contributions(evidence));
        yield return ("legs.csv", Legs(evidence));
        yield return ("members.csv", Members(evidence));
        if (evidence.Rule is null) yield return ("attribution.json", Attribution(evidence));
        else
        {
            yield return ("parameters.json", RuleFile.Parameters(evidence.Rule));
            yield return (RuleFile.RuleName, RuleFile.Rule(evidence.Rule));
        }

        yield return ("distributions.json", Distributions(evidence));
    }

    private static byte[] Baselines(RunEvidence evidence)
    {
        var text = new StringBuilder("date,baseline,gross_return,cost,net_return,turnover\n");
        var date = Dates(evidence);
        foreach (var (key, books, _) in evidence.Baselines)
            for (var row = 0; row < books?.Steps; row++)
                Row(text, $"{date(books.Dates[row])},{key}", books.Gross(row), books.Cost(row), books.Net(row), books.Turnover(row));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Contributions(RunEvidence evidence)
    {
        var text = new StringBuilder("symbol,long_return,short_return,cost,turnover\n");
        var parts = evidence.Contributions;
        for (var asset = 0; asset < parts.Long.Length; asset++)
            Row(text, CsvText.Cell(evidence.Result.Market.Data.Panel.Symbols[asset]), parts.Long[asset], parts.Short[asset], parts.Cost[asset], parts.Turnover[asset]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Legs(RunEvidence evidence)
    {
        var text = new StringBuilder("date,long_return,short_return\n");
        var date = Dates(evidence);
        for (var row = 0; row < evidence.Result.Ledger.Steps; row++)
            Row(text, date(evidence.Result.Ledger.Dates[row]), evidence.Contributions.LongByRow[row], evidence.Contributions.ShortByRow[row]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Members(RunEvidence evidence)
    {
        var text = new StringBuilder("date");
        var date = Dates(evidence);
        for (var member = 0; member < evidence.Members.Length; member++) text.Append(CultureInfo.InvariantCulture, $",{member}");
        text.Append('\n');
        for (var row = 0; row < evidence.Result.Ledger.Steps; row++)
            Row(text, date(evidence.Result.Ledger.Dates[row]), Array.ConvertAll(evidence.Members, member => member[row]));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Func<DateTime, string> Dates(RunEvidence evidence) => RunFiles.Dates(evidence.Result.Market.Data.Panel.Dates);

    private static byte[] Attribution(RunEvidence evidence) => Json(json =>
    {
        json.WriteStartArray("features");
        foreach (var feature in evidence.Result.Market.Formulas.Names) json.WriteStringValue(feature);
        json.WriteEndArray();
        json.WriteStartArray("folds");
        foreach (var credit in evidence.Credit)
        {
            json.WriteStartObject();
            json.WriteNumber("fold", credit.Fold);
            Numbers(json, "integrated_gradients", credit.IntegratedGradients);
            Numbers(json, "gradient_x_input", credit.GradientTimesInput);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static byte[] Distributions(RunEvidence evidence) => Json(json =>
    {
        Numbers(json, "random_timing", evidence.Timing.Null);
        Numbers(json, "pbo_logits", evidence.Overfitting?.Logits ?? []);
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void Numbers(Utf8JsonWriter json, string name, double[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value)) json.WriteNumberValue(value);
            else json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static void Row(StringBuilder text, string first, params ReadOnlySpan<double> values)
    {
        text.Append(first);
        foreach (var value in values) text.Append(',').Append(value.ToString("R", CultureInfo.InvariantCulture));
        text.Append('\n');
    }
}

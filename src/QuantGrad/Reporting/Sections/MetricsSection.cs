using System.Text.Json;
using QuantGrad.Metrics;
using QuantGrad.Reporting.Markup;
using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Sections;

/// <summary>Every figure of <c>metrics.json</c>, out of sample, in sample and for the benchmark, each with the convention it was computed by.</summary>
internal static class MetricsSection
{
    private static readonly (string Key, string Heading)[] Blocks = [("out_of_sample", "Out of sample"), ("in_sample", "In sample"), ("benchmark", "Benchmark")];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, RecordedRun run)
    {
        var blocks = Blocks.Where(block => run.Metrics.At(block.Key) is not null).ToArray();
        Page.Section(html, "metrics", "Figures", "Annual figures use " + Print.Number(run.PeriodsPerYear, 0) +
            " bars a year. In sample is the newest fold’s model on its own train window. A figure without meaning is n/a, never 0.");
        Table(run, blocks).Write(html, "figures");
        html.Close();
    }

    private static Table Table(RecordedRun run, (string Key, string Heading)[] blocks)
    {
        var table = new Table("Figures and their conventions", ["<Figure", .. blocks.Select(block => block.Heading), "<Convention"]);
        foreach (var definition in MetricCatalog.All)
        {
            if (!Array.Exists(blocks, block => run.Metrics.At(block.Key, definition.Name) is not null || run.Metrics.At(block.Key, "reasons", definition.Name) is not null)) continue;
            table.Row([definition.Label, .. blocks.Select(block => Value(run.Metrics.GetProperty(block.Key), definition)), definition.Convention]);
        }

        return table;
    }

    /// <summary>A figure of a block of <c>metrics.json</c> in its unit, an interval as "low … high", or "n/a (why)".</summary>
    internal static string Value(JsonElement block, MetricDefinition definition)
    {
        if (definition.Upper is not null && block.NumbersAt(definition.Name) is [var low, var high])
            return $"{InUnit(low, definition.Unit)} … {InUnit(high, definition.Unit)}";
        var figure = block.FigureAt(definition.Name);
        return figure.IsDefined ? InUnit(figure.Value, definition.Unit) : $"{Print.Undefined} ({figure.Reason})";
    }

    /// <summary>A value in the unit of its definition.</summary>
    internal static string InUnit(double value, string unit) => unit switch
    {
        "fraction" => Print.Percent(value, Math.Abs(value) < 0.1 ? 2 : 1),
        "probability" => value is >= 0.9995 and < 1 ? "> 0.999" : Print.Probability(value),
        "count" => Print.Number(value, value == Math.Floor(value) ? 0 : 1),
        "bars" or "days" or "years" => Print.Number(value, unit == "years" || value != Math.Floor(value) ? 1 : 0) + " " + unit,
        "bp" => Print.BasisPoints(value),
        _ => Print.Number(value, value != 0 && Math.Abs(value) < 0.1 ? 4 : 2),
    };
}

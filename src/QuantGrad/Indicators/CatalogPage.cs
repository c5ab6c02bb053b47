using System.Globalization;
using System.Text;

namespace QuantGrad.Indicators;

/// <summary>The catalogue as a page: written from the definitions, so that it cannot say anything else than the code.</summary>
public static class CatalogPage
{
    private const string Head = """
        # Indicators

        Written by `quantgrad indicator --list --out src/QuantGrad/Indicators/README.md`; a test fails when it is not current.

        An indicator is one file with one incremental `Update(bar)`; the batch and the server both run it. A call gives its first field,
        another one is named: `macd(12, 26, 9).histogram`. Arguments go by position or by name (`ema(lookback_periods=20)`), upper case and underscores
        do not matter, lengths may be bars or time (`ema(20d)`). An indicator *of any series* takes one before its parameters: `ema(close / sma(20), 10)`.
        The number behind a field counts the bars before its first value, with the parameters of the heading. A value is NaN until then, and wherever the
        definition leaves nothing to divide by; a bar that lacks a price which is read gives NaN and starts the indicator afresh.
        """;

    /// <summary>The whole page in Markdown.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Head).Append('\n');
        foreach (var definition in IndicatorCatalog.All.OrderBy(static d => d.Name, StringComparer.Ordinal)) Append(page, definition);
        page.Append("\n## Refused, because they look ahead\n\n");
        foreach (var (name, reason) in RefusedIndicators.All.OrderBy(static r => r.Key, StringComparer.Ordinal))
            page.Append(CultureInfo.InvariantCulture, $"- `{name}`: {reason}.\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, IndicatorDefinition definition)
    {
        var typical = Array.ConvertAll(definition.Parameters, static p => p.Typical);
        page.Append(CultureInfo.InvariantCulture, $"\n## `{definition.Name}({string.Join(", ", definition.Parameters.Select(Typical))})`\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{definition.Title}: {definition.Formula}.\n\n");
        foreach (var parameter in definition.Parameters) page.Append("- ").Append(Describe(parameter)).Append('\n');
        page.Append("- fields ").AppendJoin(", ", definition.Fields.Select((field, i) => Invariant($"`{field}` {definition.WarmUpOf(i, typical)}")));
        if (definition.Sparse.Length > 0) page.Append("; not always defined: ").AppendJoin(", ", definition.Sparse.Select(static f => $"`{f}`"));
        if (definition.Bounds is { } bounds) page.Append(Invariant($"; `{definition.Fields[0]}` lies in [{bounds.Low}, {bounds.High}]"));
        page.Append(CultureInfo.InvariantCulture, $"\n- reads {Reads(definition)}; source: {definition.Source}");
        if (definition.Aliases.Length > 0) page.Append("; also called ").AppendJoin(", ", definition.Aliases.Select(static a => $"`{a}`"));
        page.Append('\n');
    }

    private static string Describe(IndicatorParameter parameter)
    {
        var byDefault = parameter.Default is null ? "must be given" : $"default {Typical(parameter)}";
        if (parameter.Choices is { } choices) return $"`{parameter.Name}`: {string.Join(", ", choices)}; {byDefault}";
        return Invariant($"`{parameter.Name}`: {(parameter.IsInteger ? "bars" : "number")}, {parameter.Min} to {parameter.Max}; {byDefault}");
    }

    private static string Typical(IndicatorParameter parameter) => parameter.Choices?[(int)parameter.Typical] ?? Invariant($"{parameter.Typical}");

    private static string Reads(IndicatorDefinition definition)
    {
        if (definition.TakesSecond) return "two series, given first";
        if (definition.Inputs == Inputs.None) return "the part of the bar that is named";
        var parts = new[] { Inputs.Open, Inputs.High, Inputs.Low, Inputs.Close, Inputs.Volume }.Where(part => definition.Inputs.HasFlag(part));
        return string.Join(", ", parts.Select(static part => part.ToString().ToLowerInvariant())) + (definition.IsChainable ? "; of any series" : "");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

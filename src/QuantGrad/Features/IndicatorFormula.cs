using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Features;

/// <summary>One formula to be looked at by hand.</summary>
public static class IndicatorFormula
{
    /// <summary>
    /// The formula as a feature set: one column <c>value</c>, or every field where the formula is nothing but the call of an indicator with several.
    /// </summary>
    /// <param name="formula">The formula.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <exception cref="UsageException">It cannot be read; the message points at the character.</exception>
    public static FeatureSet Parse(string formula, TimeSpan barInterval)
    {
        // First as it is written, so that a message shows it as it is written.
        var alone = Named("value", formula, barInterval);
        if (Parser.Parse(new FormulaSource("formula", formula)) is not CallExpression { Field: null } call
            || IndicatorCatalog.Find(call.Name) is not { Fields: { Length: > 1 } fields }) return alone;
        var columns = new OrderedDictionary<string, string>(fields.Select(field => KeyValuePair.Create(field, $"{formula.Trim()}.{field}")), StringComparer.Ordinal);
        return FeatureSet.Parse(columns, barInterval);
    }

    private static FeatureSet Named(string column, string formula, TimeSpan barInterval) =>
        FeatureSet.Parse(new Dictionary<string, string>(StringComparer.Ordinal) { [column] = formula }, barInterval, static _ => "formula");
}

using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Features.Compilation;

/// <summary>The field of an indicator that a call names.</summary>
internal static class IndicatorField
{
    /// <summary>Its index; 0, the indicator's value, for a call without one.</summary>
    /// <exception cref="UsageException">The indicator has no such field; names those it has.</exception>
    public static int Of(CallExpression call, IndicatorDefinition definition, FormulaSource source)
    {
        if (call.Field is null) return 0;
        var name = IndicatorCatalog.Normalize(call.Field);
        var alias = Array.Find(definition.FieldAliases, a => a.Alias == name).Field;
        var index = Array.FindIndex(definition.Fields, f => IndicatorCatalog.Normalize(f) == IndicatorCatalog.Normalize(alias ?? name));
        if (index >= 0) return index;
        throw source.Error(call.FieldPosition, RefusedIndicators.Reason($"{definition.Name}.{name}")
            ?? $"{call.Name} has no field '{call.Field}'{NearestName.Hint(call.Field, definition.Fields)} (it has {string.Join(", ", definition.Fields)})");
    }
}

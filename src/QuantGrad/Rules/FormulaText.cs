using System.Globalization;
using QuantGrad.Features.Syntax;

namespace QuantGrad.Rules;

/// <summary>A formula's tree as text again, with parentheses around every operation: equal trees give equal texts.</summary>
internal static class FormulaText
{
    /// <summary>The text, which the formula language reads back to the same tree.</summary>
    public static string Of(Expression expression) => expression switch
    {
        NumberExpression number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        DurationExpression length => length.Value.ToString("R", CultureInfo.InvariantCulture) + length.Unit,
        NameExpression name => name.Name,
        ParameterExpression parameter => $"${parameter.Name}",
        UnaryExpression unary => $"({unary.Operator} {Of(unary.Operand)})",
        BinaryExpression binary => $"({Of(binary.Left)} {binary.Operator} {Of(binary.Right)})",
        CallExpression call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Argument))}){(call.Field is null ? "" : $".{call.Field}")}",
        _ => throw new System.Diagnostics.UnreachableException(expression.GetType().Name),
    };

    private static string Argument(Argument argument) => argument.Name is null ? Of(argument.Value) : $"{argument.Name}={Of(argument.Value)}";
}

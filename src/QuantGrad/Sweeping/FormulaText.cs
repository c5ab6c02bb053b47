using System.Globalization;
using QuantGrad.Features.Syntax;

namespace QuantGrad.Sweeping;

/// <summary>Writes a tree back as a formula, by which equal ones are known and the feature compiler takes the parts without parameters.</summary>
internal static class FormulaText
{
    public static string Of(Expression expression) => expression switch
    {
        NumberExpression number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        DurationExpression length => length.Value.ToString("R", CultureInfo.InvariantCulture) + length.Unit,
        NameExpression name => name.Name,
        ParameterExpression parameter => "$" + parameter.Name,
        UnaryExpression { Operator: "not" } unary => $"(not {Of(unary.Operand)})",
        UnaryExpression unary => $"({unary.Operator}{Of(unary.Operand)})",
        BinaryExpression binary => $"({Of(binary.Left)} {binary.Operator} {Of(binary.Right)})",
        CallExpression call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Of))}){(call.Field is null ? "" : "." + call.Field)}",
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, "A kind of expression that has no text."),
    };

    private static string Of(Argument argument) => argument.Name is null ? Of(argument.Value) : $"{argument.Name}={Of(argument.Value)}";
}

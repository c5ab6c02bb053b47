using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Rules;

/// <summary>
/// Writes indicators whose parameters are trained (or that stand on a trained series) in terms of the few that have a differentiable form:
/// <c>ema, smma, sma, stdev, rolling_max, rolling_min, lag</c> and arithmetic. One definition an indicator, in the formula language itself.
/// </summary>
internal sealed class RuleExpansion(FormulaSource source, RuleVocabulary vocabulary)
{
    /// <summary>Those of them that see a whole number of bars.</summary>
    public static readonly string[] Windows = ["sma", "stdev", "rolling_max", "rolling_min", "lag"];

    /// <summary>The look-backs that have a differentiable form of their own.</summary>
    public static readonly string[] Basic = ["ema", "smma", .. Windows];

    // {x}: the series, {0}, {1} …: the parameters in the catalogue's order.
    private static readonly Dictionary<string, string> Definitions = new(StringComparer.Ordinal)
    {
        ["ret"] = "close / lag(close, {0}) - 1",
        ["roc"] = "100 * ({x} / lag({x}, {0}) - 1)",
        ["dema"] = "2 * ema({x}, {0}) - ema(ema({x}, {0}), {0})",
        ["tema"] = "3 * ema({x}, {0}) - 3 * ema(ema({x}, {0}), {0}) + ema(ema(ema({x}, {0}), {0}), {0})",
        ["macd"] = "ema({x}, {0}) - ema({x}, {1})",
        ["macd.signal"] = "ema(ema({x}, {0}) - ema({x}, {1}), {2})",
        ["macd.histogram"] = "ema({x}, {0}) - ema({x}, {1}) - ema(ema({x}, {0}) - ema({x}, {1}), {2})",
        ["macd.fastema"] = "ema({x}, {0})",
        ["macd.slowema"] = "ema({x}, {1})",
        ["atr"] = "smma(tr(), {0})",
        ["atr.atrp"] = "100 * smma(tr(), {0}) / close",
        ["rsi"] = "50 + 50 * smma({x} - lag({x}, 1), {0}) / smma(abs({x} - lag({x}, 1)), {0})",
        ["keltner"] = "ema(close, {0})",
        ["keltner.upperband"] = "ema(close, {0}) + {1} * smma(tr(), {2})",
        ["keltner.lowerband"] = "ema(close, {0}) - {1} * smma(tr(), {2})",
        ["stoch"] = "sma(100 * (close - rolling_min(low, {0})) / (rolling_max(high, {0}) - rolling_min(low, {0})), {2})",
        ["stoch.signal"] = "sma(sma(100 * (close - rolling_min(low, {0})) / (rolling_max(high, {0}) - rolling_min(low, {0})), {2}), {1})",
        ["williamsr"] = "-100 * (rolling_max(high, {0}) - close) / (rolling_max(high, {0}) - rolling_min(low, {0}))",
        ["donchian"] = "(lag(rolling_max(high, {0}), 1) + lag(rolling_min(low, {0}), 1)) / 2",
        ["donchian.upperband"] = "lag(rolling_max(high, {0}), 1)",
        ["donchian.lowerband"] = "lag(rolling_min(low, {0}), 1)",
        ["bollingerbands"] = "sma({x}, {0})",
        ["bollingerbands.upperband"] = "sma({x}, {0}) + {1} * stdev({x}, {0})",
        ["bollingerbands.lowerband"] = "sma({x}, {0}) - {1} * stdev({x}, {0})",
        ["bollingerbands.percentb"] = "0.5 + ({x} - sma({x}, {0})) / (2 * {1} * stdev({x}, {0}))",
        ["bollingerbands.width"] = "2 * {1} * stdev({x}, {0}) / sma({x}, {0})",
        ["bollingerbands.zscore"] = "({x} - sma({x}, {0})) / stdev({x}, {0})",
        ["stdev.mean"] = "sma({x}, {0})",
        ["stdev.zscore"] = "({x} - sma({x}, {0})) / stdev({x}, {0})",
        ["vol"] = "stdev({x} / lag({x}, 1) - 1, {0}) * sqrt({0} / ({0} - 1))",
        ["rollingstd"] = "stdev({x}, {0}) * sqrt({0} / ({0} - 1))",
        ["rollingsum"] = "{0} * sma({x}, {0})",
        ["zscore"] = "({x} - sma({x}, {0})) / (stdev({x}, {0}) * sqrt({0} / ({0} - 1)))",
    };

    /// <summary>The same formula with every such indicator written out.</summary>
    public Expression Expand(Expression part)
    {
        if (vocabulary.IsCompilable(part)) return part;
        return part switch
        {
            UnaryExpression unary => unary with { Operand = Expand(unary.Operand) },
            BinaryExpression binary => binary with { Left = Expand(binary.Left), Right = Expand(binary.Right) },
            CallExpression call when IndicatorCatalog.Find(call.Name) is { } definition => Indicator(call, definition),
            CallExpression call => call with { Arguments = Array.ConvertAll(call.Arguments, argument => argument with { Value = Expand(argument.Value) }) },
            _ => part,
        };
    }

    private Expression Indicator(CallExpression call, IndicatorDefinition definition)
    {
        var (series, parameters) = Bind(call, definition);
        if (call.Field is null && Basic.Contains(definition.Name))
        {
            var arguments = new[] { Expand(series), Expand(parameters[0]) };
            return new CallExpression(call.Position, definition.Name, Array.ConvertAll(arguments, value => new Argument(null, value, call.Position)), null, call.Position);
        }

        if (!Definitions.TryGetValue(Key(definition, IndicatorField.Of(call, definition, source)), out var text))
        {
            var (name, known) = Differentiable(definition) is { Length: > 0 } fields
                ? ($"{call.Name}{(call.Field is null ? "" : $".{call.Field}")}", fields)
                : (call.Name, [.. IndicatorCatalog.All.Where(other => Differentiable(other).Length > 0).Select(other => other.Name)]);
            throw source.Error(call.Position, $"{name} has no differentiable form; with a trained parameter, or on a series that depends on one, there are {string.Join(", ", known)}");
        }

        text = text.Replace("{x}", $"({FormulaText.Of(series)})", StringComparison.Ordinal);
        for (var i = 0; i < parameters.Length; i++) text = text.Replace($"{{{i}}}", FormulaText.Of(parameters[i]), StringComparison.Ordinal);
        return Expand(At(Parser.Parse(new FormulaSource(source.Owner, text)), call.Position));
    }

    /// <summary>What the definitions call a field: the first one by the indicator's name alone.</summary>
    private static string Key(IndicatorDefinition definition, int field) =>
        IndicatorCatalog.Normalize(definition.Name) + (field == 0 ? "" : $".{IndicatorCatalog.Normalize(definition.Fields[field])}");

    /// <summary>The indicator and its fields that have a differentiable form, as they are called.</summary>
    private static string[] Differentiable(IndicatorDefinition definition) =>
    [
        .. definition.Fields.Index().Where(field => Definitions.ContainsKey(Key(definition, field.Index)) || (field.Index == 0 && Basic.Contains(definition.Name)))
            .Select(field => field.Index == 0 ? definition.Name : $"{definition.Name}.{field.Item}"),
    ];

    private (Expression Series, Expression[] Parameters) Bind(CallExpression call, IndicatorDefinition definition)
    {
        Expression? series = null;
        var parameters = new Expression?[definition.Parameters.Length];
        var next = 0;
        foreach (var argument in call.Arguments)
        {
            var isSeries = argument.Name is null && next == 0 && series is null && RuleVocabulary.IsSeries(argument.Value);
            if (isSeries && !definition.IsChainable) throw source.Error(argument.Position, $"{call.Name} reads the bar and cannot be computed on another series");
            if (isSeries) series = argument.Value;
            else parameters[Place(call, definition, argument, ref next)] = argument.Value;
        }

        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] ??= definition.Parameters[i].Default is { } value ? new NumberExpression(call.Position, value) : null;
            if (parameters[i] is null) throw source.Error(call.Position, $"{call.Name} needs {definition.Parameters[i].Name}");
        }

        return (series ?? new NameExpression(call.Position, "close"), Array.ConvertAll(parameters, parameter => parameter!));
    }

    private int Place(CallExpression call, IndicatorDefinition definition, Argument argument, ref int next)
    {
        var place = argument.Name is null
            ? next++
            : Array.FindIndex(definition.Parameters, parameter => IndicatorCatalog.Normalize(parameter.Name) == IndicatorCatalog.Normalize(argument.Name));
        if (place >= 0 && place < definition.Parameters.Length) return place;
        var known = $"it has {string.Join(", ", definition.Parameters.Select(parameter => parameter.Name))}";
        throw source.Error(argument.Position, argument.Name is null ? $"{call.Name} takes no such argument ({known})" : $"{call.Name} has no argument '{argument.Name}' ({known})");
    }

    /// <summary>The tree with every part at one place, so that a fault points at the call that it comes from.</summary>
    private static Expression At(Expression part, int position) => part switch
    {
        UnaryExpression unary => unary with { Position = position, Operand = At(unary.Operand, position) },
        BinaryExpression binary => binary with { Position = position, Left = At(binary.Left, position), Right = At(binary.Right, position) },
        CallExpression call => call with
        {
            Position = position,
            FieldPosition = position,
            Arguments = Array.ConvertAll(call.Arguments, argument => new Argument(argument.Name, At(argument.Value, position), position)),
        },
        _ => part with { Position = position },
    };
}

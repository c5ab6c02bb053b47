using System.Globalization;
using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;
using QuantGrad.Strategies;

namespace QuantGrad.Sweeping;

/// <summary>Turns a rule's formula into instructions; equal parts are computed once.</summary>
internal sealed partial class RuleCompiler(RuleSettings settings, TimeSpan barInterval)
{
    /// <summary>What faults of the formula are called.</summary>
    public const string Owner = "model.rule.position";

    private readonly FormulaSource source = new(settings.Where.Length > 0 ? $"{settings.Where}: {Owner}" : Owner, settings.Position);
    private readonly List<RuleStep> steps = [];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly double[] lower = [.. settings.Parameters.Select(static p => p.Min)];
    private readonly double[] upper = [.. settings.Parameters.Select(static p => p.Max)];

    /// <summary>The parts without parameters, each under its own formula.</summary>
    public OrderedDictionary<string, string> Columns { get; } = new(StringComparer.Ordinal);

    /// <summary>The instructions, without their warm-ups; the last one is the formula's value.</summary>
    public List<RuleStep> Compile()
    {
        var last = Step(Visit(Parser.Parse(source)));
        // The value must stand last, also where it is an instruction that something before it made.
        if (last != steps.Count - 1) Emit(RuleOp.Add, [last, Step(Number(0))], key: "result");
        return steps;
    }

    /// <summary>A part of the formula: an instruction's value, or the same number at every bar.</summary>
    private readonly record struct Operand(int Index, Steady? Steady);

    private Operand Visit(Expression expression)
    {
        if (IsColumn(expression)) return Column(FormulaText.Of(expression));
        return expression switch
        {
            NumberExpression number => Number(number.Value),
            DurationExpression length => Number(Duration.InBars(length.Value, length.Unit, barInterval)),
            ParameterExpression parameter => Parameter(parameter),
            UnaryExpression { Operator: "+" } unary => Visit(unary.Operand),
            UnaryExpression unary => Elementwise(unary.Operator == "not" ? RuleOp.Not : RuleOp.Negate, Visit(unary.Operand)),
            BinaryExpression binary => Elementwise(Operators[binary.Operator], Visit(binary.Left), Visit(binary.Right)),
            CallExpression call => Call(call),
            _ => throw source.Error(expression.Position, "this has no meaning in a rule"),
        };
    }

    private static readonly Dictionary<string, RuleOp> Operators = new(StringComparer.Ordinal)
    {
        ["+"] = RuleOp.Add, ["-"] = RuleOp.Subtract, ["*"] = RuleOp.Multiply, ["/"] = RuleOp.Divide, ["^"] = RuleOp.Power,
        ["<"] = RuleOp.Less, ["<="] = RuleOp.LessOrEqual, [">"] = RuleOp.Greater, [">="] = RuleOp.GreaterOrEqual,
        ["=="] = RuleOp.Equal, ["!="] = RuleOp.NotEqual, ["and"] = RuleOp.And, ["or"] = RuleOp.Or,
    };

    /// <summary>Whether the feature compiler can compute it once for all parameters.</summary>
    private static bool IsColumn(Expression expression) => !NeedsRule(expression) && ReadsBars(expression);

    private static bool NeedsRule(Expression expression) =>
        expression is ParameterExpression || (expression is CallExpression call && IsRuleOnly(call.Name)) || Parts(expression).Any(NeedsRule);

    private static bool ReadsBars(Expression expression) =>
        expression is NameExpression || (expression is CallExpression call && !Functions.Names.Contains(call.Name)) || Parts(expression).Any(ReadsBars);

    private static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        UnaryExpression unary => [unary.Operand],
        BinaryExpression binary => [binary.Left, binary.Right],
        CallExpression call => call.Arguments.Select(static argument => argument.Value),
        _ => [],
    };

    private Operand Column(string formula)
    {
        Columns.TryAdd(formula, formula);
        return new Operand(Emit(RuleOp.Column, [], column: Columns.IndexOf(formula), key: "column " + formula), null);
    }

    private static Operand Number(double value) => new(-1, new Steady(value.ToString("R", CultureInfo.InvariantCulture), [], _ => value));

    private Operand Parameter(ParameterExpression parameter)
    {
        var index = settings.Parameters.ToList().FindIndex(p => string.Equals(p.Name, parameter.Name, StringComparison.Ordinal));
        if (index < 0) throw source.Error(parameter.Position, $"${parameter.Name} is not among model.rule.parameters{NearestName.Hint(parameter.Name, settings.Parameters.Select(static p => p.Name))}");
        return new Operand(-1, new Steady("$" + parameter.Name, [index], point => point[index]));
    }

    private Operand Elementwise(RuleOp op, params Operand[] operands)
    {
        if (!Array.TrueForAll(operands, static operand => operand.Steady is not null))
            return new Operand(Emit(op, Array.ConvertAll(operands, Step)), null);
        var of = Array.ConvertAll(operands, static operand => operand.Steady!);
        return new Operand(-1, new Steady(
            $"{op}({string.Join(',', of.Select(static steady => steady.Key))})",
            [.. of.SelectMany(static steady => steady.Parameters).Distinct().Order()],
            point => RuleArithmetic.Apply(op, of[0].At(point), of.Length > 1 ? of[1].At(point) : 0, of.Length > 2 ? of[2].At(point) : 0)));
    }

    private int Step(Operand operand) => operand.Steady is { } steady ? Emit(RuleOp.Constant, [], steady, key: "constant " + steady.Key) : operand.Index;

    private int Emit(RuleOp op, int[] operands, Steady? steady = null, Func<double, double>? function = null, int column = -1, string? key = null)
    {
        key ??= $"{op}({string.Join(',', operands)};{steady?.Key})";
        if (known.TryGetValue(key, out var index)) return index;
        steps.Add(new RuleStep(op, operands, steady, function, column, 0));
        return known[key] = steps.Count - 1;
    }
}

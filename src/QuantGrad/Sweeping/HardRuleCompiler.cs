using System.Globalization;
using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;
using QuantGrad.Rules;

namespace QuantGrad.Sweeping;

/// <summary>Turns a rule's formula into instructions of the hard rule; equal parts are computed once.</summary>
internal sealed class HardRuleCompiler(RuleFormula formula)
{
    private static readonly Dictionary<string, RuleOp> Operators = new(StringComparer.Ordinal)
    {
        ["+"] = RuleOp.Add, ["-"] = RuleOp.Subtract, ["*"] = RuleOp.Multiply, ["/"] = RuleOp.Divide, ["^"] = RuleOp.Power,
        ["<"] = RuleOp.Less, ["<="] = RuleOp.LessOrEqual, [">"] = RuleOp.Greater, [">="] = RuleOp.GreaterOrEqual,
        ["and"] = RuleOp.And, ["or"] = RuleOp.Or,
    };

    private static readonly Dictionary<string, RuleOp> Calls = new(StringComparer.Ordinal)
    {
        ["abs"] = RuleOp.Absolute, ["sign"] = RuleOp.Sign, ["sqrt"] = RuleOp.SquareRoot, ["tanh"] = RuleOp.Tanh, ["log"] = RuleOp.Log, ["exp"] = RuleOp.Exp,
        ["min"] = RuleOp.Minimum, ["max"] = RuleOp.Maximum, ["where"] = RuleOp.Where, ["if"] = RuleOp.Where, ["latch"] = RuleOp.Latch,
        ["ema"] = RuleOp.Ema, ["smma"] = RuleOp.Wilder, ["sma"] = RuleOp.Mean, ["stdev"] = RuleOp.Deviation, ["rolling_max"] = RuleOp.Highest,
        ["rolling_min"] = RuleOp.Lowest, ["lag"] = RuleOp.Lag,
    };

    private readonly List<RuleStep> steps = [];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly double[] lower = [.. formula.Settings.Parameters.Select(static p => p.Min)];
    private readonly double[] upper = [.. formula.Settings.Parameters.Select(static p => p.Max)];

    /// <summary>The instructions; the last one is the formula's value.</summary>
    public RuleStep[] Compile()
    {
        var last = Index(Visit(formula.Tree));
        // The value must stand last, also where it is an instruction that something before it made.
        if (last != steps.Count - 1) Emit(RuleOp.Add, [last, Index(Number(0))], key: "result");
        return [.. steps];
    }

    /// <summary>A part of the formula: an instruction's value, or the same number at every bar.</summary>
    private readonly record struct Part(int Index, Steady? Steady);

    private Part Visit(Expression expression)
    {
        if (formula.Column(expression) is >= 0 and var column) return new Part(Emit(RuleOp.Column, [], column: column, key: $"column {column}"), null);
        return expression switch
        {
            NumberExpression number => Number(number.Value),
            ParameterExpression parameter => Parameter(parameter),
            UnaryExpression { Operator: "+" } unary => Visit(unary.Operand),
            UnaryExpression unary => Elementwise(unary.Operator == "not" ? RuleOp.Not : RuleOp.Negate, Visit(unary.Operand)),
            BinaryExpression binary when Operators.TryGetValue(binary.Operator, out var op) => Elementwise(op, Visit(binary.Left), Visit(binary.Right)),
            CallExpression call => Call(call, Array.ConvertAll(call.Arguments, argument => Visit(argument.Value))),
            _ => throw formula.Source.Error(expression.Position, "this has no hard form that could be searched"),
        };
    }

    private Part Call(CallExpression call, Part[] of)
    {
        if (call.Name is "cross_above" or "cross_below")
        {
            var isAbove = call.Name == "cross_above" ? Elementwise(RuleOp.Greater, of[0], of[1]) : Elementwise(RuleOp.Greater, of[1], of[0]);
            return Elementwise(RuleOp.And, isAbove, Elementwise(RuleOp.Not, Remember(RuleOp.Lag, isAbove, Number(1))));
        }

        if (call.Name == "clip") return Elementwise(RuleOp.Maximum, Elementwise(RuleOp.Minimum, of[0], of[2]), of[1]);
        if (Calls.TryGetValue(call.Name, out var op))
        {
            if (op is RuleOp.Minimum or RuleOp.Maximum) return of.Aggregate((left, right) => Elementwise(op, left, right));
            if (op == RuleOp.Latch) return new Part(Emit(op, [Index(of[0]), Index(of[1])]), null);
            return op >= RuleOp.Ema ? Remember(op, of[0], of[1]) : Elementwise(op, of);
        }

        // Functions that are rare in rules go value by value.
        if (of.Length != 1 || !Functions.Unary.TryGetValue(call.Name, out var function)) throw formula.Source.Error(call.Position, $"{call.Name} has no hard form that could be searched");
        return of[0].Steady is { } steady
            ? new Part(-1, new Steady($"{call.Name}({steady.Key})", steady.Parameters, point => function(steady.At(point))))
            : new Part(Emit(RuleOp.Function, [of[0].Index], function: function, key: $"{call.Name}({of[0].Index})"), null);
    }

    private Part Elementwise(RuleOp op, params Part[] operands)
    {
        if (!Array.TrueForAll(operands, static operand => operand.Steady is not null)) return new Part(Emit(op, Array.ConvertAll(operands, Index)), null);
        var of = Array.ConvertAll(operands, static operand => operand.Steady!);
        return new Part(-1, new Steady(
            $"{op}({string.Join(',', of.Select(static steady => steady.Key))})",
            [.. of.SelectMany(static steady => steady.Parameters).Distinct().Order()],
            point => RuleArithmetic.Apply(op, of[0].At(point), of.Length > 1 ? of[1].At(point) : 0, of.Length > 2 ? of[2].At(point) : 0)));
    }

    private Part Remember(RuleOp op, Part of, Part length) => new(Emit(op, [Index(of)], length.Steady!.Bounded(lower, upper)), null);

    private static Part Number(double value) => new(-1, new Steady(value.ToString("R", CultureInfo.InvariantCulture), [], _ => value));

    private Part Parameter(ParameterExpression part)
    {
        var index = formula.Settings.Parameters.ToList().IndexOf(formula.Parameter(part));
        return new Part(-1, new Steady($"${part.Name}", [index], point => point[index]));
    }

    private int Index(Part part) => part.Steady is { } steady ? Emit(RuleOp.Constant, [], steady, key: $"constant {steady.Key}") : part.Index;

    private int Emit(RuleOp op, int[] operands, Steady? steady = null, Func<double, double>? function = null, int column = -1, string? key = null)
    {
        key ??= $"{op}({string.Join(',', operands)};{steady?.Key})";
        if (known.TryGetValue(key, out var index)) return index;
        steps.Add(new RuleStep(op, operands, steady, function, column));
        return known[key] = steps.Count - 1;
    }
}

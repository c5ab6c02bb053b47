using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Ops.Series;
using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;

using Node = QuantGrad.Autodiff.Node;

namespace QuantGrad.Rules;

/// <summary>Calls: functions of one bar, look-backs, and what remembers.</summary>
internal sealed partial class RuleCompiler
{
    /// <summary>Bars after which a latch is taken to have been set or released: about five years of days.</summary>
    private const int LatchMemory = 1260;

    /// <summary>An average forgets to 1e-7 within so many of its time constants.</summary>
    private const double TimeConstants = 16;

    private RuleValue Call(CallExpression call)
    {
        var arguments = call.Arguments;
        switch (call.Name)
        {
            case "where" or "if": return Where(Count(call, 3));
            case "clip": return Extreme(true, Extreme(false, Visit(Count(call, 3)[0].Value), Visit(arguments[2].Value)), Visit(arguments[1].Value));
            case "min" or "max":
                Count(call, 2, orMore: true);
                return arguments.Select(argument => Visit(argument.Value)).Aggregate((a, b) => Extreme(call.Name == "max", a, b));
            case "sign":
                var x = Visit(Count(call, 1)[0].Value);
                return Arithmetic(ArithmeticKind.Subtract, Exceeds(x, Number(0)), Exceeds(Number(0), x));
            case "tanh" or "sigmoid": return Apply(new Activate(call.Name == "tanh" ? Activation.Tanh : Activation.Sigmoid), Count(call, 1)[0].Value);
            case "abs": return Apply(new Transform(TransformKind.Abs), Count(call, 1)[0].Value);
            case "log": return Apply(new Transform(TransformKind.Log), Count(call, 1)[0].Value);
            case "exp": return Apply(new Transform(TransformKind.Exp), Count(call, 1)[0].Value);
            case "sqrt": return Apply(new Transform(TransformKind.Sqrt), Count(call, 1)[0].Value);
            case "phi": return Apply(new Transform(TransformKind.Phi), Count(call, 1)[0].Value);
            case "ema" or "smma": return Average(call);
            case "cross_above": return Cross(Visit(Count(call, 2)[0].Value), Visit(arguments[1].Value));
            case "cross_below": return Cross(Visit(arguments[1].Value), Visit(Count(call, 2)[0].Value));
            case "latch": return Latch(Condition(Count(call, 2)[0].Value), Condition(arguments[1].Value));
            default:
                if (RuleExpansion.Basic.Contains(call.Name)) return Window(call);
                throw formula.Source.Error(call.Position, Functions.Names.Contains(call.Name)
                    ? $"{call.Name} has no differentiable form and cannot stand on what depends on a parameter"
                    : $"'{call.Name}' is not known{NearestName.Hint(call.Name, new RuleVocabulary([.. formula.Features]).Names)}");
        }
    }

    private RuleValue Apply(Op op, Expression operand)
    {
        var x = Visit(operand);
        return x with { Node = Add(op, x.Node) };
    }

    private RuleValue Where(Argument[] arguments)
    {
        var condition = Condition(arguments[0].Value);
        var (yes, no) = (Visit(arguments[1].Value), Visit(arguments[2].Value));
        var difference = Arithmetic(ArithmeticKind.Subtract, yes, no);
        return Arithmetic(ArithmeticKind.Add, no, Arithmetic(ArithmeticKind.Multiply, condition, difference));
    }

    /// <summary>The EMA family: α = 2/(n + 1), Wilder's α = 1/n, for any real n of at least 1.</summary>
    private RuleValue Average(CallExpression call)
    {
        var (x, n) = (Series(Visit(call.Arguments[0].Value)), Bars(call));
        var isEma = call.Name == "ema";
        var alpha = isEma
            ? Arithmetic(ArithmeticKind.Divide, Number(2), Arithmetic(ArithmeticKind.Add, n.Value, Number(1)))
            : Arithmetic(ArithmeticKind.Divide, Number(1), n.Value);
        var memory = (int)Math.Ceiling(TimeConstants * (isEma ? (n.Longest + 1) / 2.0 : n.Longest));
        return new RuleValue(Add(new ExponentialAverage(), x.Node, alpha.Node), x.WarmUp + n.Longest - 1, x.Memory + memory);
    }

    private RuleValue Window(CallExpression call)
    {
        var (x, n) = (Series(Visit(call.Arguments[0].Value)), Bars(call));
        var kind = call.Name switch
        {
            "sma" => WindowKind.Mean,
            "stdev" => WindowKind.Deviation,
            "rolling_max" => WindowKind.Highest,
            "rolling_min" => WindowKind.Lowest,
            _ => WindowKind.Lag,
        };
        return Window(kind, x, n.Value.Node, n.Longest, body.Temperature);
    }

    private RuleValue Window(WindowKind kind, RuleValue x, Node n, int longest, Node temperature)
    {
        var seen = kind == WindowKind.Lag ? longest : longest - 1;
        return new RuleValue(Add(new LookBack(kind, longest, isGiven: x.Node.Op is Columns), x.Node, n, temperature), x.WarmUp + seen, x.Memory + seen);
    }

    private RuleValue Cross(RuleValue a, RuleValue b)
    {
        var above = Series(Exceeds(a, b));
        var before = Window(WindowKind.Lag, above, Number(1).Node, 1, Number(0).Node);
        return Arithmetic(ArithmeticKind.Multiply, above, Not(before));
    }

    /// <summary>s[t] = enter + (1 − enter)(1 − leave)·s[t − 1]: 1 from entering until leaving, and entering wins.</summary>
    private RuleValue Latch(RuleValue enter, RuleValue leave)
    {
        var (added, kept) = (Series(enter), Series(Arithmetic(ArithmeticKind.Multiply, Not(enter), Not(leave))));
        var state = RuleValue.Join(Add(new LinearRecurrence(), kept.Node, added.Node), kept, added);
        return state with { Memory = state.Memory + LatchMemory };
    }

    /// <summary>A look-back: its value in the graph and the most bars that the box allows.</summary>
    private (RuleValue Value, int Longest) Bars(CallExpression call)
    {
        var part = call.Arguments[1].Value;
        if (RuleVocabulary.IsSeries(part)) throw formula.Source.Error(part.Position, $"{call.Name}: the look-back must be a number or made of parameters, not a series");
        var (least, most) = Range(part);
        if (!(least >= 1 && most <= 100_000))
            throw formula.Source.Error(part.Position, FormattableString.Invariant($"{call.Name}: the look-back lies between {least} and {most} bars; expected 1 … 100000"));
        return (Visit(part), (int)Math.Ceiling(most));
    }

    /// <summary>The values that a part made of numbers and parameters can take over the box.</summary>
    private (double Least, double Most) Range(Expression part)
    {
        switch (part)
        {
            case NumberExpression number: return (number.Value, number.Value);
            case ParameterExpression parameter: return (formula.Parameter(parameter).Min, formula.Parameter(parameter).Max);
            case BinaryExpression { Operator: "+" or "-" or "*" or "/" } binary:
                var (a, b) = (Range(binary.Left), Range(binary.Right));
                double[] corners = [.. new[] { a.Least, a.Most }.SelectMany(left => new[] { b.Least, b.Most }.Select(right => Functions.Binary[binary.Operator](left, right)))];
                return (corners.Min(), corners.Max());
            default: throw formula.Source.Error(part.Position, "a look-back is a number, a $parameter, or their sum, difference, product or ratio");
        }
    }

    private Argument[] Count(CallExpression call, int count, bool orMore = false) => call.Arguments.Length == count || (orMore && call.Arguments.Length > count)
        ? call.Arguments
        : throw formula.Source.Error(call.Position, $"{call.Name} takes {count} arguments{(orMore ? " or more" : "")}, {call.Arguments.Length} were given");
}

using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;

namespace QuantGrad.Sweeping;

/// <summary>Calls in a rule: functions of one bar, and those that remember, whose length may be a parameter.</summary>
internal sealed partial class RuleCompiler
{
    /// <summary>The true range, which for the first bar is its own range.</summary>
    private const string TrueRange = "where(is_defined(tr()), tr(), high - low)";

    private static readonly Dictionary<string, RuleOp> Elementary = new(StringComparer.Ordinal)
    {
        ["abs"] = RuleOp.Absolute, ["sign"] = RuleOp.Sign, ["sqrt"] = RuleOp.SquareRoot, ["tanh"] = RuleOp.Tanh, ["log"] = RuleOp.Log, ["exp"] = RuleOp.Exp,
        ["not"] = RuleOp.Not, ["min"] = RuleOp.Minimum, ["max"] = RuleOp.Maximum, ["where"] = RuleOp.Where, ["if"] = RuleOp.Where,
    };

    private static readonly Dictionary<string, RuleOp> Remembering = new(StringComparer.Ordinal)
    {
        ["ema"] = RuleOp.Ema, ["smma"] = RuleOp.Wilder, ["sma"] = RuleOp.Mean, ["rolling_mean"] = RuleOp.Mean, ["stdev"] = RuleOp.Deviation,
        ["highest"] = RuleOp.Highest, ["rolling_max"] = RuleOp.Highest, ["lowest"] = RuleOp.Lowest, ["rolling_min"] = RuleOp.Lowest, ["lag"] = RuleOp.Lag,
    };

    private static readonly string[] RuleOnly = ["highest", "lowest", "cross_above", "cross_below", "latch"];

    private static readonly string[] Derived = ["ret", "rsi", "atr", "cross_above", "cross_below", "latch", "clip"];

    private static bool IsRuleOnly(string name) => Array.IndexOf(RuleOnly, name) >= 0;

    private Operand Call(CallExpression call)
    {
        var name = call.Name.ToLowerInvariant();
        if (call.Field is not null) throw Unsuited(call);
        if (Array.Find(call.Arguments, static a => a.Name is not null) is { } named)
            throw source.Error(named.Position, $"in a rule {name} takes its arguments by position, not by name");
        if (Elementary.TryGetValue(name, out var elementary)) return Elementwise(elementary, call, name);
        if (Remembering.TryGetValue(name, out var remembering))
        {
            var (of, length) = SeriesAndLength(call);
            return Remember(remembering, of, length);
        }

        switch (name)
        {
            case "ret":
            {
                var (of, length) = SeriesAndLength(call);
                return Elementwise(RuleOp.Subtract, Elementwise(RuleOp.Divide, of, Remember(RuleOp.Lag, of, length)), Number(1));
            }

            case "rsi":
            {
                var (of, length) = SeriesAndLength(call);
                return RelativeStrength(of, length);
            }

            case "atr":
                return Remember(RuleOp.Wilder, Column(FormulaText.Of(Parser.Parse(new FormulaSource(Owner, TrueRange)))), Length(call, Arguments(call, 1)[0]));
            case "cross_above" or "cross_below":
            {
                var (a, b) = Arguments(call, 2) is [var first, var second] ? (first, second) : throw Unsuited(call);
                if (name == "cross_below") (a, b) = (b, a);
                return Elementwise(RuleOp.And, Elementwise(RuleOp.Greater, a, b), Elementwise(RuleOp.LessOrEqual, Remember(RuleOp.Lag, a, Number(1)), Remember(RuleOp.Lag, b, Number(1))));
            }

            case "latch":
                return new Operand(Emit(RuleOp.Latch, Array.ConvertAll(Arguments(call, 2), Step)), null);
            case "clip":
            {
                var of = Arguments(call, 3);
                return Elementwise(RuleOp.Minimum, Elementwise(RuleOp.Maximum, of[0], of[1]), of[2]);
            }
        }

        // Functions that are rare in rules go value by value.
        if (!Functions.Unary.TryGetValue(name, out var function)) throw Unsuited(call);
        var operand = Arguments(call, 1)[0];
        return operand.Steady is { } steady
            ? new Operand(-1, new Steady($"{name}({steady.Key})", steady.Parameters, point => function(steady.At(point))))
            : new Operand(Emit(RuleOp.Function, [operand.Index], function: function, key: $"{name}({operand.Index})"), null);
    }

    /// <summary>100·g/(g + l), g and l Wilder's averages of gains and losses; 50 where there is neither.</summary>
    private Operand RelativeStrength(Operand of, Operand length)
    {
        var change = Elementwise(RuleOp.Subtract, of, Remember(RuleOp.Lag, of, Number(1)));
        var gain = Remember(RuleOp.Wilder, Elementwise(RuleOp.Maximum, change, Number(0)), length);
        var loss = Remember(RuleOp.Wilder, Elementwise(RuleOp.Maximum, Elementwise(RuleOp.Negate, change), Number(0)), length);
        var both = Elementwise(RuleOp.Add, gain, loss);
        return Elementwise(RuleOp.Where, Elementwise(RuleOp.Equal, both, Number(0)), Number(50),
            Elementwise(RuleOp.Divide, Elementwise(RuleOp.Multiply, Number(100), gain), both));
    }

    private Operand Elementwise(RuleOp op, CallExpression call, string name)
    {
        if (op is RuleOp.Minimum or RuleOp.Maximum)
            return Arguments(call, 2, orMore: true).Aggregate((left, right) => Elementwise(op, left, right));
        return Elementwise(op, Arguments(call, name is "where" or "if" ? 3 : 1));
    }

    private Operand Remember(RuleOp op, Operand of, Operand length)
    {
        var steady = length.Steady!.Bounded(lower, upper, op == RuleOp.Lag ? 0 : 1);
        return new Operand(Emit(op, [Step(of)], steady), null);
    }

    /// <summary>The series (the close where none is given) and the length of a call such as <c>ema(close, $n)</c>.</summary>
    private (Operand Series, Operand Length) SeriesAndLength(CallExpression call)
    {
        if (call.Arguments.Length is < 1 or > 2) throw source.Error(call.Position, $"in a rule {call.Name} takes a series and a length, as in {call.Name}(close, $n); {call.Arguments.Length} arguments were given");
        var length = Length(call, Visit(call.Arguments[^1].Value));
        return (call.Arguments.Length == 2 ? Visit(call.Arguments[0].Value) : Column("close"), length);
    }

    private Operand Length(CallExpression call, Operand length) => length.Steady is not null
        ? length
        : throw source.Error(call.Arguments[^1].Position, $"the length of {call.Name} must be a number or a parameter, not a series");

    private Operand[] Arguments(CallExpression call, int count, bool orMore = false)
    {
        if (call.Arguments.Length < count || (call.Arguments.Length > count && !orMore))
            throw source.Error(call.Position, $"in a rule {call.Name} takes {count}{(orMore ? " or more" : "")} arguments, {call.Arguments.Length} were given");
        return Array.ConvertAll(call.Arguments, argument => Visit(argument.Value));
    }

    private UsageException Unsuited(CallExpression call)
    {
        string[] names = [.. Elementary.Keys, .. Remembering.Keys, .. Derived];
        return source.Error(call.Position, $"{call.Name} takes no parameter{NearestName.Hint(call.Name, names)}; those that do are {string.Join(", ", names)}");
    }
}

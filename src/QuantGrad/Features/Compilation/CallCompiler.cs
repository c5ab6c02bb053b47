using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Features.Compilation;

/// <summary>Calls: functions by their number of arguments, indicators by their declared parameters.</summary>
internal sealed partial class Compiler
{
    private Node Call(CallExpression call)
    {
        if (RefusedIndicators.Reason(call.Name) is { } reason) throw source.Error(call.Position, reason);
        if (IndicatorCatalog.Find(call.Name) is { } definition) return new IndicatorCall(this, call, definition).Compile();
        if (call.Field is not null) throw source.Error(call.FieldPosition, $"{call.Name} has no fields; only indicators have");
        var name = call.Name == "if" ? "where" : call.Name;
        if (Functions.Calendar.TryGetValue(name, out var calendar)) return Arguments(call, 0) is [] ? Calendar(name, calendar) : throw NotCallable(call);
        if (name == "is_defined") return IsDefined(Arguments(call, 1)[0]);
        if (CrossSection.Names.Contains(name)) return Across(name, Arguments(call, 1)[0]);
        if (!IsFunctionName(name)) throw NotCallable(call);
        if (Functions.Unary.TryGetValue(name, out var unary)) return Elementwise(name, unary, Arguments(call, 1)[0]);
        if (Functions.Ternary.TryGetValue(name, out var ternary)) return Arguments(call, 3) is [var a, var b, var c] ? Elementwise(name, ternary, a, b, c) : throw NotCallable(call);
        if (Functions.Binary.TryGetValue(name, out var binary))
            return Arguments(call, 2, orMore: true).Aggregate((left, right) => Elementwise(name, binary, left, right));
        throw NotCallable(call);
    }

    private Node IsDefined(Node x) => Once(
        $"is_defined({x.Slot})", () => Emit(x with { WarmUp = 0 }, slot => () => new IsDefinedStep(x.Slot, slot)));

    private Node[] Arguments(CallExpression call, int count, bool orMore = false)
    {
        if (Array.Find(call.Arguments, static a => a.Name is not null) is { } named)
            throw source.Error(named.Position, $"{call.Name} takes its arguments by position, not by name");
        if (call.Arguments.Length < count || (call.Arguments.Length > count && !orMore))
            throw source.Error(call.Position, $"{call.Name} takes {count} {(count == 1 ? "argument" : "arguments")}{(orMore ? " or more" : "")}, {call.Arguments.Length} were given");
        return Array.ConvertAll(call.Arguments, a => Visit(a.Value));
    }

    private static bool IsFunctionName(string name) => Functions.Names.Contains(name);

    private UsageException NotCallable(CallExpression call) =>
        Array.IndexOf(FeatureProgram.Series, call.Name) >= 0
            ? source.Error(call.Position, $"'{call.Name}' is a series, not a function; lag({call.Name}, n) is its value n bars before")
            : Unknown(call.Name, call.Position);
}

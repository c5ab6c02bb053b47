using System.Diagnostics;
using System.Globalization;
using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Features.Compilation;

/// <summary>What is known of a compiled subexpression.</summary>
/// <param name="Slot">Where its value stands.</param>
/// <param name="Stage">The first stage in which it is known.</param>
/// <param name="WarmUp">Bars before it may be defined.</param>
/// <param name="Constant">Its value where it depends on no bar.</param>
internal readonly record struct Node(int Slot, int Stage, int WarmUp, double? Constant = null);

/// <summary>Turns syntax trees into one program in which equal subexpressions are computed once.</summary>
internal sealed partial class Compiler(TimeSpan barInterval)
{
    private readonly Dictionary<string, Node> known = new(StringComparer.Ordinal);
    private readonly List<double> initial = [.. Enumerable.Repeat(double.NaN, FeatureProgram.Series.Length)];
    private readonly List<List<Func<Step>>> stages = [[]];
    private readonly List<List<CrossSection>> crossSections = [[]];
    private readonly SortedSet<int> carried = [];
    private FormulaSource source = new("", "");

    /// <summary>What the formulas read of a bar.</summary>
    public Inputs Reads { get; private set; }

    /// <summary>Compiles one formula into the program.</summary>
    public Node Compile(FormulaSource formula) => Compile(formula, Parser.Parse(formula));

    /// <summary>Compiles a part of a formula that was parsed already.</summary>
    public Node Compile(FormulaSource formula, Expression part)
    {
        source = formula;
        return Visit(part);
    }

    /// <summary>The program, whose features stand in the given slots.</summary>
    public FeatureProgram Program(IEnumerable<Node> features) => new()
    {
        Initial = [.. initial],
        Stages = [.. stages.Select(static s => s.ToArray())],
        CrossSections = [.. crossSections.Select(static c => c.ToArray())],
        Carried = [.. carried],
        Outputs = [.. features.Select(static f => f.Slot)],
    };

    private Node Visit(Expression expression) => expression switch
    {
        NumberExpression number => Constant(number.Value),
        DurationExpression length => Constant(Duration.InBars(length.Value, length.Unit, barInterval)),
        NameExpression name => Name(name),
        UnaryExpression unary => Elementwise(unary.Operator, Functions.Unary[unary.Operator], Visit(unary.Operand)),
        BinaryExpression binary => Elementwise(binary.Operator, Functions.Binary[binary.Operator], Visit(binary.Left), Visit(binary.Right)),
        CallExpression call => Call(call),
        ParameterExpression parameter => throw source.Error(
            parameter.Position, $"${parameter.Name} is a rule's parameter; features have none, so write a number here or move the formula to model.rule"),
        _ => throw new UnreachableException(expression.GetType().Name),
    };

    private Node Name(NameExpression name)
    {
        var series = Array.IndexOf(FeatureProgram.Series, name.Name.ToLowerInvariant());
        if (series >= 0)
        {
            Reads |= FeatureProgram.SeriesInputs[series];
            return new Node(series, 0, 0);
        }
        if (Functions.Calendar.TryGetValue(name.Name, out var calendar)) return Calendar(name.Name, calendar);
        if (IndicatorCatalog.Find(name.Name) is not null || Functions.Names.Contains(name.Name))
            throw source.Error(name.Position, $"'{name.Name}' must be called, with its arguments in parentheses: {name.Name}(…)");
        throw Unknown(name.Name, name.Position);
    }

    private Node Constant(double value) => Once(
        value.ToString("R", CultureInfo.InvariantCulture), () =>
        {
            initial.Add(double.IsFinite(value) ? value : double.NaN);
            return new Node(initial.Count - 1, 0, 0, initial[^1]);
        });

    private Node Elementwise(string name, Func<double, double> function, Node x)
    {
        if (x.Constant is { } value) return Constant(double.IsNaN(value) ? value : function(value));
        return Once($"{name}({x.Slot})", () => Emit(x, slot => () => new UnaryStep(function, x.Slot, slot)));
    }

    private Node Elementwise(string name, Func<double, double, double> function, Node a, Node b)
    {
        if (a.Constant is { } left && b.Constant is { } right)
            return Constant(double.IsNaN(left) || double.IsNaN(right) ? double.NaN : function(left, right));
        // IEEE addition and multiplication commute exactly, so that a·b and b·a are one instruction.
        if (name is "+" or "*" && a.Slot > b.Slot) (a, b) = (b, a);
        var (first, second) = (a, b);
        return Once($"{name}({a.Slot},{b.Slot})", () => Emit(Join(first, second), slot => () => new BinaryStep(function, first.Slot, second.Slot, slot), first, second));
    }

    private Node Elementwise(string name, Func<double, double, double, double> function, Node a, Node b, Node c) => Once(
        $"{name}({a.Slot},{b.Slot},{c.Slot})",
        () => Emit(Join(a, Join(b, c)), slot => () => new TernaryStep(function, a.Slot, b.Slot, c.Slot, slot), a, b, c));

    private Node Calendar(string name, Func<DateTime, double> function) => Once(
        $"{name}()", () => Emit(new Node(0, 0, 0), slot => () => new CalendarStep(function, slot)));

    private Node Across(string kind, Node x) => Once($"{kind}({x.Slot})", () =>
    {
        while (stages.Count <= x.Stage + 1)
        {
            stages.Add([]);
            crossSections.Add([]);
        }
        initial.Add(double.NaN);
        var result = initial.Count - 1;
        crossSections[x.Stage].Add(new CrossSection(kind, x.Slot, result));
        carried.Add(x.Slot);
        carried.Add(result);
        return new Node(result, x.Stage + 1, x.WarmUp);
    });

    private Node Emit(Node like, Func<int, Func<Step>> maker, params ReadOnlySpan<Node> operands) => EmitWide(like, 1, maker, operands);

    /// <summary>Adds an instruction that writes <paramref name="width"/> new slots to the stage in which its operands are known.</summary>
    private Node EmitWide(Node like, int width, Func<int, Func<Step>> maker, params ReadOnlySpan<Node> operands)
    {
        var slot = initial.Count;
        initial.AddRange(Enumerable.Repeat(double.NaN, width));
        stages[like.Stage].Add(maker(slot));
        foreach (var operand in operands)
            if (operand.Stage < like.Stage && operand.Slot >= FeatureProgram.Series.Length && operand.Constant is null) carried.Add(operand.Slot);
        return new Node(slot, like.Stage, like.WarmUp);
    }

    private static Node Join(Node a, Node b) => new(0, Math.Max(a.Stage, b.Stage), Math.Max(a.WarmUp, b.WarmUp));

    private Node Once(string key, Func<Node> make)
    {
        if (!known.TryGetValue(key, out var node)) known[key] = node = make();
        return node;
    }

    private UsageException Unknown(string name, int position)
    {
        string[] names = [.. FeatureProgram.Series, .. Functions.Names, .. IndicatorCatalog.Names];
        return source.Error(position, $"'{name}' is not known{NearestName.Hint(name, names)}");
    }
}

using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Ops.Series;
using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;

using Node = QuantGrad.Autodiff.Node;

namespace QuantGrad.Rules;

/// <summary>Turns a rule's formula into nodes of a graph; equal parts become one node.</summary>
internal sealed partial class RuleCompiler
{
    private readonly Graph graph;
    private readonly string name;
    private readonly RuleFormula formula;
    private readonly Node features;
    private readonly Node? network;
    private readonly RuleBody body;
    private readonly Dictionary<string, RuleValue> known = new(StringComparer.Ordinal);
    private int made;

    private RuleCompiler(Graph graph, string name, RuleFormula formula, Node features, Node? network, Node temperature)
    {
        (this.graph, this.name, this.formula, this.features, this.network) = (graph, name, formula, features, network);
        body = new RuleBody(formula, temperature);
    }

    /// <summary>Appends a rule to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="name">Begins the name of every node, e.g. <c>member0</c>.</param>
    /// <param name="formula">The formula.</param>
    /// <param name="features">The model's inputs on each symbol's own bars, <c>[T·A, F]</c>: the strategy's features, then the formula's inputs.</param>
    /// <param name="network">The network's output, where the strategy has one.</param>
    /// <param name="temperature">A constant <c>[1, 1]</c>.</param>
    public static RuleBody Append(Graph graph, string name, RuleFormula formula, Node features, Node? network, Node temperature)
    {
        var compiler = new RuleCompiler(graph, name, formula, features, network, temperature);
        foreach (var parameter in formula.Settings.Parameters) compiler.Declare(parameter);
        var position = compiler.Series(compiler.Visit(formula.Tree));
        compiler.body.Position = graph.Add($"{name}.position", new Clip(1), position.Node);
        (compiler.body.WarmUp, compiler.body.Memory) = (position.WarmUp, position.Memory);
        return compiler.body;
    }

    private RuleValue Visit(Expression part)
    {
        var text = FormulaText.Of(part);
        if (!known.TryGetValue(text, out var value)) known[text] = value = Make(part);
        return value;
    }

    private RuleValue Make(Expression part)
    {
        if (formula.Column(part) is >= 0 and var column) return new RuleValue(Add(new Columns(column), features), 0, 0);
        return part switch
        {
            NumberExpression number => Number(number.Value),
            ParameterExpression parameter => known[FormulaText.Of(parameter)],
            NameExpression { Name: RuleVocabulary.Network } => new RuleValue(network!, 0, 0),
            UnaryExpression unary => Unary(unary),
            BinaryExpression binary => Binary(binary),
            CallExpression call => Call(call),
            DurationExpression length => throw formula.Source.Error(length.Position, "a length of time cannot stand here; write the bars"),
            _ => throw formula.Source.Error(part.Position, "this is not known"),
        };
    }

    private void Declare(RuleParameter parameter)
    {
        if (parameter.Min == parameter.Max)
        {
            known[$"${parameter.Name}"] = Number(parameter.Min);
            return;
        }

        var scale = parameter.IsLogarithmic ? BoxScale.Log : BoxScale.Linear;
        var box = new BoxParameter(parameter.Min, parameter.Max, scale, formula.IsWhole(parameter));
        var theta = graph.Parameter($"{name}.{parameter.Name}", Shape.Fixed(parameter.Each ? RuleParameter.MostSymbols + 1 : 1, 1), Initializer.Zero);
        body.Parameters.Add(new RuleParameterNode(parameter, theta, box));
        var value = graph.Add($"{name}.{parameter.Name}.value", box, theta, body.Temperature);
        if (parameter.Each) value = Add(new Lookup(), Symbol(), value);
        known[$"${parameter.Name}"] = new RuleValue(value, 0, 0);
    }

    /// <summary>Which symbol a row is of: the model's last input.</summary>
    private Node Symbol()
    {
        if (!known.TryGetValue("symbol()", out var symbol)) known["symbol()"] = symbol = new RuleValue(Add(new Columns(features.Shape.Width - 1), features), 0, 0);
        return symbol.Node;
    }

    private RuleValue Number(double value)
    {
        var key = FormattableString.Invariant($"{value:R}");
        if (known.TryGetValue(key, out var found)) return found;
        var node = graph.Constant($"{name}.number{body.Numbers.Count}", Shape.Scalar);
        body.Numbers.Add((node, value));
        return known[key] = new RuleValue(node, 0, 0);
    }

    private RuleValue Unary(UnaryExpression unary)
    {
        if (unary.Operator == "not") return Not(Condition(unary.Operand));
        var x = Visit(unary.Operand);
        return unary.Operator == "-" ? x with { Node = Add(new Transform(TransformKind.Negate), x.Node) } : x;
    }

    private RuleValue Binary(BinaryExpression binary)
    {
        if (binary.Operator is "==" or "!=") throw formula.Source.Error(binary.Position, "whether two numbers are equal has no differentiable form; compare with < or >");
        if (binary.Operator is "and" or "or")
        {
            var (left, right) = (Condition(binary.Left), Condition(binary.Right));
            var both = Arithmetic(ArithmeticKind.Multiply, left, right);
            return binary.Operator == "and" ? both : Arithmetic(ArithmeticKind.Subtract, Arithmetic(ArithmeticKind.Add, left, right), both);
        }

        var (a, b) = (Visit(binary.Left), Visit(binary.Right));
        return binary.Operator switch
        {
            "+" => Arithmetic(ArithmeticKind.Add, a, b),
            "-" => Arithmetic(ArithmeticKind.Subtract, a, b),
            "*" => Arithmetic(ArithmeticKind.Multiply, a, b),
            "/" => Arithmetic(ArithmeticKind.Divide, a, b),
            "^" => Arithmetic(ArithmeticKind.Power, a, b),
            ">" => Exceeds(a, b),
            "<" => Exceeds(b, a),
            ">=" => Not(Exceeds(b, a)),
            _ => Not(Exceeds(a, b)),
        };
    }

    private RuleValue Condition(Expression part)
    {
        if (RuleVocabulary.IsCondition(part)) return Visit(part);
        throw formula.Source.Error(part.Position, "a condition is expected here, such as close > open");
    }

    private RuleValue Not(RuleValue condition) => Arithmetic(ArithmeticKind.Subtract, Number(1), condition);

    private RuleValue Arithmetic(ArithmeticKind kind, RuleValue a, RuleValue b) => RuleValue.Join(Add(new Arithmetic(kind), a.Node, b.Node), a, b);

    private RuleValue Exceeds(RuleValue a, RuleValue b) => RuleValue.Join(Add(new Exceeds(), a.Node, b.Node, Scale(a, b), body.Temperature), a, b);

    private RuleValue Extreme(bool largest, RuleValue a, RuleValue b) => RuleValue.Join(Add(new Extreme(largest), a.Node, b.Node, Scale(a, b), body.Temperature), a, b);

    private Node Scale(RuleValue a, RuleValue b)
    {
        var scale = graph.Constant($"{name}.scale{body.Scales.Count}", Shape.Scalar);
        body.Scales.Add(new RuleScale(scale, a.Node, b.Node));
        return scale;
    }

    /// <summary>A number stands for a series that is the same on every bar.</summary>
    private RuleValue Series(RuleValue value)
    {
        if (value.Node.Shape != Shape.Scalar) return value;
        var zeros = Add(new Scale(0), Add(new Columns(0), features));
        return value with { Node = Add(new Arithmetic(ArithmeticKind.Add), zeros, value.Node) };
    }

    private Node Add(Op op, params Node[] inputs) => graph.Add($"{name}.step{made++}", op, inputs);
}

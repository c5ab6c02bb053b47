using QuantGrad.Autodiff;
using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;

namespace QuantGrad.Rules;

/// <summary>
/// A rule's formula, read and checked. What holds no parameter is computed by the features' own code before the graph and is an input of the model
/// (<see cref="Inputs"/>); the rest becomes the graph.
/// </summary>
internal sealed class RuleFormula
{
    private readonly RuleVocabulary vocabulary;
    private readonly List<(string Name, string Formula)> inputs = [];
    private readonly List<Expression> inputParts = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    private RuleFormula(RuleSettings settings, IReadOnlyList<string> features, bool hasNetwork)
    {
        Settings = settings;
        Features = features;
        Source = new FormulaSource(settings.Where.Length > 0 ? $"{settings.Where}: model.rule.position" : "model.rule.position", settings.Position);
        vocabulary = new RuleVocabulary(features);
        for (var i = 0; i < features.Count; i++) places[features[i]] = i;
        Tree = new RuleExpansion(Source, vocabulary).Expand(Parser.Parse(Source));
        CheckNames(hasNetwork);
        Collect(Tree);
        if (places.Count == 0 && !hasNetwork) throw Source.Error(0, "nothing of the prices stands in the formula; write a series such as close");
    }

    /// <summary>The rule.</summary>
    public RuleSettings Settings { get; }

    /// <summary>The strategy's features, the model's first inputs.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The model's further inputs: what the formula computes without a parameter. Named after the series, or <c>input1</c>, <c>input2</c> …</summary>
    public IReadOnlyList<(string Name, string Formula)> Inputs => inputs;

    /// <summary>The formula, indicators of trained parameters written out.</summary>
    public Expression Tree { get; }

    /// <summary>For messages that point at a character.</summary>
    public FormulaSource Source { get; }

    /// <summary>Reads and checks.</summary>
    /// <param name="settings">The rule.</param>
    /// <param name="features">Names of the strategy's features.</param>
    /// <param name="hasNetwork">Whether <c>network</c> may be named, and must.</param>
    /// <exception cref="UsageException">The formula cannot be read, or does not fit its parameters; the message points at the character.</exception>
    public static RuleFormula Parse(RuleSettings settings, IReadOnlyList<string> features, bool hasNetwork) => new(settings, features, hasNetwork);

    /// <summary>How far the rule looks back: bars of a symbol before its first decision, and bars before the newest that a position can depend on.</summary>
    public (int WarmUp, int Memory) Span()
    {
        var graph = new Graph();
        var network = graph.Input("network", Shape.PerRow(1));
        var body = RuleCompiler.Append(graph, "rule", this, graph.Input("features", Shape.PerRow(Math.Max(1, places.Count))), network, graph.Constant("temperature", Shape.Scalar));
        return (body.WarmUp, body.Memory);
    }

    /// <summary>Compiles the inputs as the parts of the formula that they are, for messages that point at what the user wrote.</summary>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <exception cref="UsageException">The features' code cannot compute one; the message points at the character.</exception>
    public void CheckInputs(TimeSpan barInterval)
    {
        foreach (var part in inputParts) new Compiler(barInterval).Compile(Source, part);
    }

    /// <summary>The column of an input that the tree's part is, or −1 where it is to be computed in the graph.</summary>
    public int Column(Expression part) => places.GetValueOrDefault(FormulaText.Of(part), -1);

    /// <summary>Whether the hard rule takes a parameter whole: it is declared so, or counts the bars of a window.</summary>
    public bool IsWhole(RuleParameter parameter) => parameter.Integer || RuleVocabulary.Parts(Tree).OfType<CallExpression>()
        .Any(call => RuleExpansion.Windows.Contains(call.Name) && call.Arguments is [_, { Value: ParameterExpression bars }] && bars.Name == parameter.Name);

    /// <summary>The parameter of a name.</summary>
    public RuleParameter Parameter(ParameterExpression part) => Settings.Parameters.First(parameter => parameter.Name == part.Name);

    private void CheckNames(bool hasNetwork)
    {
        var names = Settings.Parameters.Select(parameter => parameter.Name).ToArray();
        var used = RuleVocabulary.Parts(Tree).OfType<ParameterExpression>().ToArray();
        foreach (var part in used)
        {
            if (Array.IndexOf(names, part.Name) < 0)
                throw Source.Error(part.Position, $"${part.Name} is not among model.rule.parameters{NearestName.Hint(part.Name, names)}");
        }

        if (used.Length == 0) throw Source.Error(0, "no parameter stands in the formula, so nothing could be trained; write one as $name");
        if (names.FirstOrDefault(name => Array.TrueForAll(used, part => part.Name != name)) is { } idle)
            throw Source.Error(0, $"${idle} is declared in model.rule.parameters but does not stand in the formula");
        var network = RuleVocabulary.Parts(Tree).OfType<NameExpression>().FirstOrDefault(part => part.Name == RuleVocabulary.Network);
        if (network is null && hasNetwork) throw Source.Error(0, "the strategy has a network too, but the formula does not say network");
        if (network is not null && !hasNetwork) throw Source.Error(network.Position, "network stands for model.network, which this strategy has not");
    }

    /// <summary>Finds the largest parts that hold no parameter and makes them inputs.</summary>
    private void Collect(Expression part)
    {
        if (vocabulary.IsFeature(part)) return;
        if (vocabulary.IsCompilable(part) && RuleVocabulary.IsSeries(part))
        {
            var text = FormulaText.Of(part);
            if (places.ContainsKey(text)) return;
            var name = part is NameExpression series ? series.Name.ToLowerInvariant() : $"input{inputs.Count + 1}";
            if (Features.Contains(name)) name = $"rule_{name}";
            places[text] = Features.Count + inputs.Count;
            inputs.Add((name, text));
            inputParts.Add(part);
            return;
        }

        switch (part)
        {
            case UnaryExpression unary: Collect(unary.Operand); break;
            case BinaryExpression binary:
                Collect(binary.Left);
                Collect(binary.Right);
                break;
            case CallExpression call:
                foreach (var argument in call.Arguments) Collect(argument.Value);
                break;
        }
    }
}

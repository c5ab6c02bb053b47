using QuantGrad.Features.Compilation;
using QuantGrad.Features.Syntax;
using QuantGrad.Indicators;

namespace QuantGrad.Rules;

/// <summary>What the parts of a rule's formula are: series or numbers, conditions, and whether the features' compiler can compute them.</summary>
/// <param name="features">The strategy's features, which a rule may name.</param>
internal sealed class RuleVocabulary(IReadOnlyCollection<string> features)
{
    /// <summary>The name that stands for the network's output where a strategy has both.</summary>
    public const string Network = "network";

    /// <summary>Functions that only rules have: they remember.</summary>
    public static readonly string[] Memories = ["latch", "cross_above", "cross_below"];

    private static readonly string[] Comparisons = ["<", "<=", ">", ">="];
    private static readonly string[] Logic = ["and", "or", "not"];

    /// <summary>Every part of a tree, itself first.</summary>
    public static IEnumerable<Expression> Parts(Expression expression)
    {
        IEnumerable<Expression> children = expression switch
        {
            UnaryExpression unary => [unary.Operand],
            BinaryExpression binary => [binary.Left, binary.Right],
            CallExpression call => call.Arguments.Select(argument => argument.Value),
            _ => [],
        };
        return children.SelectMany(Parts).Prepend(expression);
    }

    /// <summary>Whether it holds a parameter.</summary>
    public static bool HasParameter(Expression expression) => Parts(expression).Any(part => part is ParameterExpression);

    /// <summary>Whether its value differs from bar to bar.</summary>
    public static bool IsSeries(Expression expression) => Parts(expression).Any(part => part is NameExpression || (part is CallExpression call && !IsElementwise(call.Name)));

    /// <summary>Whether it is yes or no.</summary>
    public static bool IsCondition(Expression expression) => expression switch
    {
        BinaryExpression binary => Comparisons.Contains(binary.Operator) || binary.Operator is "==" or "!=" || Logic.Contains(binary.Operator),
        UnaryExpression unary => unary.Operator == "not",
        CallExpression call => Memories.Contains(call.Name) || call.Name == "is_defined",
        _ => false,
    };

    /// <summary>Whether the features' compiler can compute it: no parameter, and nothing that only rules know.</summary>
    public bool IsCompilable(Expression expression) => Parts(expression).All(part => part switch
    {
        ParameterExpression => false,
        NameExpression name => name.Name != Network && !features.Contains(name.Name),
        CallExpression call => !Memories.Contains(call.Name),
        _ => true,
    });

    /// <summary>Whether it names one of the strategy's features.</summary>
    public bool IsFeature(Expression expression) => expression is NameExpression name && features.Contains(name.Name);

    private static bool IsElementwise(string name) =>
        Functions.Unary.ContainsKey(name) || Functions.Binary.ContainsKey(name) || Functions.Ternary.ContainsKey(name) || name == "if";

    /// <summary>All that may be called or named, for "did you mean".</summary>
    public IEnumerable<string> Names => [.. FeatureProgram.Series, .. features, .. Memories, .. Functions.Names, .. IndicatorCatalog.Names];
}

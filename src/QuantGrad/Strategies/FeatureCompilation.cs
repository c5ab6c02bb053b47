using QuantGrad.Features;
using QuantGrad.Rules;

namespace QuantGrad.Strategies;

/// <summary>Compiles the features of a strategy.</summary>
public static class FeatureCompilation
{
    /// <summary>The name of the input that an embedding layer brings along.</summary>
    public const string SymbolInput = "symbol";

    /// <summary>
    /// The model's inputs: the features in the file's order, then what a rule's formula computes of bars without a parameter, and last, for an embedding, the symbol.
    /// </summary>
    /// <exception cref="UsageException">The rule's formula cannot be read.</exception>
    public static IReadOnlyList<FeatureFormula> Inputs(this Strategy strategy) =>
    [
        .. strategy.Features,
        .. strategy.Model.Rule is null ? [] : strategy.RuleFormula().Inputs.Select(input => new FeatureFormula(input.Name, input.Formula, strategy.Model.Rule.Where)),
        .. strategy.Model.Embeddings().Any() ? [new FeatureFormula(SymbolInput, FeatureSet.SymbolFormula)] : Array.Empty<FeatureFormula>(),
    ];

    /// <summary>The embedding layers of the network.</summary>
    internal static IEnumerable<EmbeddingLayer> Embeddings(this ModelSettings model) => model.Network?.Layers.OfType<EmbeddingLayer>() ?? [];

    /// <summary>The rule's formula, read and checked.</summary>
    internal static RuleFormula RuleFormula(this Strategy strategy) =>
        Rules.RuleFormula.Parse(strategy.Model.Rule!, [.. strategy.Features.Select(feature => feature.Name)], strategy.Model.Network is not null);

    /// <summary>Compiles all inputs of the model, in order.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <exception cref="UsageException">A formula cannot be read; the message names the file and line that it stands on.</exception>
    public static FeatureSet CompileFeatures(this Strategy strategy, TimeSpan barInterval)
    {
        if (strategy.Features.FirstOrDefault(feature => feature.Formula.Trim() == FeatureSet.SymbolFormula || (feature.Name == SymbolInput && strategy.Model.Embeddings().Any())) is { } reserved)
            throw new UsageException($"{(reserved.Where.Length > 0 ? reserved.Where + ": " : "")}feature '{reserved.Name}': {SymbolInput} is what an embedding layer brings along, as one more input; leave it out, and put {{embedding: 4}} among the layers.");
        var inputs = strategy.Inputs();
        try
        {
            return FeatureSet.Parse(new OrderedDictionary<string, string>(inputs.Select(Pair)), barInterval);
        }
        catch (UsageException) when (inputs.Count > 0)
        {
            // Once more, one by one: the first that fails alone is the one at fault.
            foreach (var feature in inputs) CompileAlone(feature, barInterval);
            throw;
        }
    }

    private static void CompileAlone(FeatureFormula feature, TimeSpan barInterval)
    {
        try
        {
            FeatureSet.Parse(new OrderedDictionary<string, string>([Pair(feature)]), barInterval);
        }
        catch (UsageException fault) when (feature.Where.Length > 0)
        {
            throw new UsageException($"{feature.Where}: {fault.Message}", fault);
        }
    }

    private static KeyValuePair<string, string> Pair(FeatureFormula feature) => new(feature.Name, feature.Formula);
}

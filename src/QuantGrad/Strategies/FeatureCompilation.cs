using QuantGrad.Features;
using QuantGrad.Rules;

namespace QuantGrad.Strategies;

/// <summary>Compiles the features of a strategy.</summary>
public static class FeatureCompilation
{
    /// <summary>The name of the input that an embedding layer brings along.</summary>
    public const string SymbolInput = "symbol";

    /// <summary>
    /// The model's inputs: the features in the file's order, then what a rule's formula computes of bars without a parameter, and last, where it is asked for, the symbol.
    /// </summary>
    /// <exception cref="UsageException">The rule's formula cannot be read.</exception>
    public static IReadOnlyList<FeatureFormula> Inputs(this Strategy strategy) =>
    [
        .. strategy.Features,
        .. strategy.Model.Rule is null ? [] : strategy.RuleFormula().Inputs.Select(input => new FeatureFormula(input.Name, input.Formula, strategy.Model.Rule.Where)),
        .. strategy.Model.NeedsSymbol() ? [new FeatureFormula(SymbolInput, FeatureSet.SymbolFormula)] : Array.Empty<FeatureFormula>(),
    ];

    /// <summary>The embedding layers of the network.</summary>
    internal static IEnumerable<EmbeddingLayer> Embeddings(this ModelSettings model) => model.Network?.Layers.OfType<EmbeddingLayer>() ?? [];

    /// <summary>Whether the model asks which symbol a row is of: for an embedding, or for a rule's parameters of which every symbol has its own.</summary>
    internal static bool NeedsSymbol(this ModelSettings model) => model.Embeddings().Any() || (model.Rule?.Parameters.Any(parameter => parameter.Each) ?? false);

    /// <summary>The rule's formula, read and checked.</summary>
    /// <exception cref="UsageException">The formula cannot be read, or leaves nothing to train.</exception>
    internal static RuleFormula RuleFormula(this Strategy strategy)
    {
        var rule = strategy.Model.Rule!;
        if (strategy.Model.Network is null && rule.Parameters.All(parameter => parameter.Min == parameter.Max))
            throw new UsageException($"{(rule.Where.Length > 0 ? rule.Where + ": " : "")}model.rule.parameters: every parameter is held at one value, so nothing could be trained; give one of them room (min < max).");
        return Rules.RuleFormula.Parse(rule, [.. strategy.Features.Select(feature => feature.Name)], strategy.Model.Network is not null);
    }

    /// <summary>Compiles all inputs of the model, in order.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <exception cref="UsageException">A formula cannot be read; the message names the file and line that it stands on.</exception>
    public static FeatureSet CompileFeatures(this Strategy strategy, TimeSpan barInterval)
    {
        if (strategy.Features.FirstOrDefault(feature => feature.Formula.Trim() == FeatureSet.SymbolFormula || (feature.Name == SymbolInput && strategy.Model.NeedsSymbol())) is { } reserved)
            throw new UsageException($"{(reserved.Where.Length > 0 ? reserved.Where + ": " : "")}feature '{reserved.Name}': {SymbolInput} is what an embedding layer brings along, as one more input; leave it out, and put {{embedding: 4}} among the layers.");
        var inputs = strategy.Inputs();
        try
        {
            return FeatureSet.Parse(new OrderedDictionary<string, string>(inputs.Select(Pair)), barInterval);
        }
        catch (UsageException) when (inputs.Count > 0)
        {
            // Once more, one by one: the first that fails alone is the one at fault.
            foreach (var feature in strategy.Features) CompileAlone(feature, barInterval);
            if (strategy.Model.Rule is not null) strategy.RuleFormula().CheckInputs(barInterval);
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

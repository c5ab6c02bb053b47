using QuantGrad.Features;
using QuantGrad.Rules;

namespace QuantGrad.Strategies;

/// <summary>Compiles the features of a strategy.</summary>
public static class FeatureCompilation
{
    /// <summary>The model's inputs: the features in the file's order, then what a rule's formula computes of bars without a parameter.</summary>
    /// <exception cref="UsageException">The rule's formula cannot be read.</exception>
    public static IReadOnlyList<FeatureFormula> Inputs(this Strategy strategy) => strategy.Model.Rule is null
        ? strategy.Features
        : [.. strategy.Features, .. strategy.RuleFormula().Inputs.Select(input => new FeatureFormula(input.Name, input.Formula, strategy.Model.Rule.Where))];

    /// <summary>The rule's formula, read and checked.</summary>
    internal static RuleFormula RuleFormula(this Strategy strategy) =>
        Rules.RuleFormula.Parse(strategy.Model.Rule!, [.. strategy.Features.Select(feature => feature.Name)], strategy.Model.Network is not null);

    /// <summary>Compiles all inputs of the model, in order.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <exception cref="UsageException">A formula cannot be read; the message names the file and line that it stands on.</exception>
    public static FeatureSet CompileFeatures(this Strategy strategy, TimeSpan barInterval)
    {
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

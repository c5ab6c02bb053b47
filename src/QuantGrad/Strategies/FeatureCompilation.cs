using QuantGrad.Features;

namespace QuantGrad.Strategies;

/// <summary>Compiles the features of a strategy.</summary>
public static class FeatureCompilation
{
    /// <summary>Compiles all features, in order.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="barInterval">The time from bar to bar.</param>
    /// <exception cref="UsageException">A formula cannot be read; the message names the file and line that it stands on.</exception>
    public static FeatureSet CompileFeatures(this Strategy strategy, TimeSpan barInterval)
    {
        try
        {
            return FeatureSet.Parse(new OrderedDictionary<string, string>(strategy.Features.Select(Pair)), barInterval);
        }
        catch (UsageException) when (strategy.Features.Count > 0)
        {
            // Once more, one by one: the first that fails alone is the one at fault.
            foreach (var feature in strategy.Features) CompileAlone(feature, barInterval);
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

using QuantGrad.Features;

namespace QuantGrad.Exporting;

/// <summary>Compiles the features of a manifest.</summary>
public static class BundleFeatures
{
    /// <summary>Compiles all features, in the graph's order.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="name">How messages call the bundle.</param>
    /// <exception cref="ModelException">This program does not know a formula.</exception>
    public static FeatureSet CompileFeatures(this BundleManifest manifest, string name)
    {
        try
        {
            var formulas = new OrderedDictionary<string, string>(manifest.Features.Select(feature => KeyValuePair.Create(feature.Name, feature.Formula)));
            return FeatureSet.Parse(formulas, TimeSpan.FromSeconds(manifest.Market.BarSeconds)).WithSymbols(manifest.Market.Symbols);
        }
        catch (UsageException fault)
        {
            throw new ModelException($"{name} has a feature that this program does not know: {fault.Message}", fault);
        }
    }
}

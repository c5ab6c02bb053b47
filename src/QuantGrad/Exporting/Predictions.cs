using QuantGrad.MarketData;

namespace QuantGrad.Exporting;

/// <summary>What a bundle decides over bars.</summary>
/// <param name="Panel">The bars.</param>
/// <param name="First">The first step that was asked for.</param>
/// <param name="Signals">The graph's output in [−1, 1], <c>[T − First, A]</c>; NaN where there is nothing to decide on (no bar, or a feature not defined yet).</param>
/// <param name="Weights">Target weights as fractions of equity, <c>[T − First, A]</c>; NaN where the signal is.</param>
/// <param name="Features">The graph's inputs, <c>[T, A, F]</c>.</param>
public sealed record Predictions(Panel Panel, int First, float[] Signals, double[] Weights, Features.FeatureTable Features)
{
    /// <summary>Steps decided on.</summary>
    public int Steps => Panel.Steps - First;

    /// <summary>The symbols that are decided on at any step.</summary>
    public IEnumerable<string> Traded() => Panel.Symbols.Where((_, asset) => Enumerable.Range(First, Steps).Any(step => !float.IsNaN(Signals[At(step, asset)])));

    /// <summary>The place of a step (of the panel) and symbol in signals and weights.</summary>
    public int At(int step, int asset) => ((step - First) * Panel.Assets) + asset;
}

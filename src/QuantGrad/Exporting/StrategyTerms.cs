using System.Text.Json;
using QuantGrad.Strategies;

namespace QuantGrad.Exporting;

/// <summary>A strategy's settings in the words of a manifest, and back.</summary>
public static class StrategyTerms
{
    /// <summary>Position settings as a manifest holds them.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="historyBars">Bars after which the sizing's volatility agrees with the backtest to 1e-6; 1 without sizing.</param>
    public static BundlePosition ToBundle(this PositionSettings settings, int historyBars) =>
        new(Word(settings.Sizing), settings.VolTarget, settings.VolSpan, settings.MaxLeverage, Word(settings.Portfolio), historyBars);

    /// <summary>Costs as a manifest holds them.</summary>
    public static BundleCosts ToBundle(this CostSettings settings) =>
        new(settings.CommissionBps, settings.SpreadBps, settings.SlippageBps, settings.BorrowBpsPerYear);

    /// <summary>Position settings as the backtest reads them.</summary>
    /// <exception cref="ModelException">A word is not known.</exception>
    public static PositionSettings ToSettings(this BundlePosition position) =>
        new(Value<Sizing>(position.Sizing), position.VolTarget, position.VolSpan, position.MaxLeverage, Value<Portfolio>(position.Portfolio));

    /// <summary>An enumeration's value as a word of a file: <c>NextOpen</c> is <c>next_open</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The value that a word of a file means.</summary>
    /// <exception cref="ModelException">The word is not known.</exception>
    public static T Value<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (Word(value) == word) return value;
        throw new ModelException($"'{word}' is not known; expected {string.Join(", ", Enum.GetValues<T>().Select(Word))}.");
    }
}

using QuantGrad.Accounting;

namespace QuantGrad.Training;

/// <summary>
/// All that a strategy may know up to a bar, time-major: features, sizes, decisions, and the returns whose last bar lies within. Training is handed
/// <see cref="Until"/> of its window's end, so that there is no later number that it could read.
/// </summary>
internal sealed class MarketView
{
    /// <summary>The calendar, <c>[T]</c>.</summary>
    public required ReadOnlyMemory<DateTime> Dates { get; init; }

    /// <summary>A.</summary>
    public required int Assets { get; init; }

    /// <summary>F.</summary>
    public required int FeatureCount { get; init; }

    /// <summary><c>[T, A, F]</c>, NaN where undefined.</summary>
    public required ReadOnlyMemory<double> Features { get; init; }

    /// <summary>Weight of a signal of 1, <c>[T, A]</c>.</summary>
    public required ReadOnlyMemory<double> Sizes { get; init; }

    /// <summary>Whether there is something to decide on, <c>[T, A]</c>.</summary>
    public required ReadOnlyMemory<Decision> Decisions { get; init; }

    /// <summary>Whether the symbol has a bar with every feature defined, <c>[T, A]</c>; decided on only where it can also be sized and the model is warm.</summary>
    public required ReadOnlyMemory<bool> Usable { get; init; }

    /// <summary>Returns before the fill, <c>[T, A]</c> less the last <see cref="OutcomeBars"/> steps.</summary>
    public required ReadOnlyMemory<double> Gap { get; init; }

    /// <summary>Returns after the fill.</summary>
    public required ReadOnlyMemory<double> Hold { get; init; }

    /// <summary>Whether the symbol trades at the fill.</summary>
    public required ReadOnlyMemory<bool> Executable { get; init; }

    /// <summary>Bars from a decision to its outcome.</summary>
    public required int OutcomeBars { get; init; }

    /// <summary>T.</summary>
    public int Steps => Dates.Length;

    /// <summary>The number of steps whose outcome is within the view.</summary>
    public int StepsWithOutcome => Math.Max(0, Steps - OutcomeBars);

    /// <summary>The view of somebody who stands before bar <paramref name="end"/>: nothing from it on can be reached.</summary>
    public MarketView Until(int end)
    {
        var cells = Math.Max(0, end - OutcomeBars) * Assets;
        return new MarketView
        {
            Dates = Dates[..end],
            Assets = Assets,
            FeatureCount = FeatureCount,
            Features = Features[..(end * Assets * FeatureCount)],
            Sizes = Sizes[..(end * Assets)],
            Decisions = Decisions[..(end * Assets)],
            Usable = Usable[..(end * Assets)],
            Gap = Gap[..cells],
            Hold = Hold[..cells],
            Executable = Executable[..cells],
            OutcomeBars = OutcomeBars,
        };
    }
}

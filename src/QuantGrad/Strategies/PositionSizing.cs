using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.MarketData;

namespace QuantGrad.Strategies;

/// <summary>
/// From signals to weights: weight = signal · size, size = share of the portfolio · min(max_leverage, vol_target/(σ√A)) (Moskowitz, Ooi and Pedersen 2012, eq. 5,
/// with σ the exponentially weighted daily volatility of the symbol's own bars); the share is one where the portfolio's head has shared it out already. Everything at step t is known at the close of t.
/// </summary>
internal sealed class PositionSizing
{
    private PositionSizing(double[] sizes, Decision[] decisions, bool[] usable, int[] members)
    {
        Members = members;
        Usable = usable;
        Sizes = sizes;
        Decisions = decisions;
    }

    /// <summary>Weight of a signal of 1, <c>[T, A]</c>; 0 where nothing is decided.</summary>
    public double[] Sizes { get; }

    /// <summary>What can be done, <c>[T, A]</c>.</summary>
    public Decision[] Decisions { get; }

    /// <summary>Whether the symbol has a bar with every feature defined, <c>[T, A]</c>: the rows that a model which looks along time sees.</summary>
    public bool[] Usable { get; }

    /// <summary>How many symbols share the equity at each step, <c>[T]</c> (<see cref="PortfolioMembers"/>).</summary>
    public int[] Members { get; }

    /// <summary>Sizes every cell of the panel.</summary>
    /// <param name="panel">Prices.</param>
    /// <param name="features">The model's inputs; a symbol takes part where all are defined.</param>
    /// <param name="settings">Sizing, target, cap, portfolio.</param>
    /// <param name="barInterval">For formulas with lengths in days.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="warmUpBars">Usable bars of a symbol before its first decision: what the model needs to be warm.</param>
    /// <param name="threads">Threads for the volatility.</param>
    public static PositionSizing Build(
        Panel panel, FeatureTable features, PositionSettings settings, TimeSpan barInterval, double periodsPerYear, int warmUpBars, int threads)
    {
        var sizes = new double[panel.Steps * panel.Assets];
        var decisions = new Decision[sizes.Length];
        var volatility = settings.Sizing == Sizing.VolTarget ? VolatilityFormula(settings.VolSpan, barInterval).Compute(panel, threads).Values : null;
        var usable = new bool[sizes.Length];
        var usableBars = new int[panel.Assets];
        var members = new PortfolioMembers(panel.Assets);
        var counts = new int[panel.Steps];
        for (var step = 0; step < panel.Steps; step++)
        {
            for (var asset = 0; asset < panel.Assets; asset++)
            {
                var cell = step * panel.Assets + asset;
                var hasBar = panel.HasBar(step, asset);
                usable[cell] = hasBar && features.IsDefined(step, asset);
                var isWarm = usable[cell] && usableBars[asset]++ >= warmUpBars;
                var size = isWarm ? Size(settings, volatility is null ? double.NaN : volatility[cell], periodsPerYear) : double.NaN;
                if (!double.IsNaN(size)) (sizes[cell], decisions[cell]) = (size, Decision.Trade);
                members.See(asset, hasBar, decisions[cell] == Decision.Trade);
                if (members.IsStale(asset)) decisions[cell] = Decision.CloseOut;
            }

            counts[step] = members.Count;
            for (var asset = 0; asset < panel.Assets && members.Count > 0 && !settings.Portfolio.LooksAcross(); asset++) sizes[step * panel.Assets + asset] /= members.Count;
        }

        return new PositionSizing(sizes, decisions, usable, counts);
    }

    /// <summary>Weight of a signal of 1 before the portfolio is shared out; NaN where the volatility is not known yet.</summary>
    public static double Size(PositionSettings settings, double volatility, double periodsPerYear) =>
        settings.Sizing == Sizing.VolTarget ? Math.Min(settings.MaxLeverage, settings.VolTarget / (volatility * Math.Sqrt(periodsPerYear))) : 1;

    /// <summary>The volatility that sizes a position, as a feature of the symbol's own bars.</summary>
    public static FeatureSet VolatilityFormula(int span, TimeSpan barInterval) =>
        FeatureSet.Parse(new Dictionary<string, string>(StringComparer.Ordinal) { ["volatility"] = FormattableString.Invariant($"ewmvol({span})") }, barInterval);
}

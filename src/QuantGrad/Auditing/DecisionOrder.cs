using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Auditing;

/// <summary>Small experiments on the books and the newest bar, for <see cref="StrategyAudit"/>.</summary>
internal static class DecisionOrder
{
    /// <summary>Net returns of a stretch of decisions, all of one step's reversed where asked for.</summary>
    /// <param name="market">The market.</param>
    /// <param name="range">Bars with a known outcome.</param>
    /// <param name="signals">Signals, <c>[n, A]</c>.</param>
    /// <param name="reversed">The step whose targets change sign and double; null for none.</param>
    public static double[] NetReturns(Preparation market, BarRange range, double[] signals, int? reversed)
    {
        var assets = market.Data.Panel.Assets;
        var targets = new double[signals.Length];
        for (var cell = 0; cell < targets.Length; cell++)
        {
            targets[cell] = double.IsNaN(signals[cell]) ? 0 : signals[cell] * market.Sizing.Sizes[range.Start * assets + cell];
            if (cell / assets == reversed) targets[cell] = -2 * targets[cell];
        }

        return Ledger.Keep(market.Data.Panel, market.Execution, range.Start, targets, market.Sizing.Decisions.AsSpan(range.Start * assets, targets.Length), market.Costs).NetReturns();
    }

    /// <summary>A view of the newest bars, with features computed from elsewhere.</summary>
    /// <param name="market">The market.</param>
    /// <param name="features">Features of the newest bars.</param>
    public static MarketView WithNewestFeatures(Preparation market, FeatureTable features)
    {
        var panel = market.Data.Panel;
        var first = panel.Steps - features.Steps;
        var usable = new bool[features.Steps * panel.Assets];
        for (var cell = 0; cell < usable.Length; cell++)
            usable[cell] = panel.HasBar(first + cell / panel.Assets, cell % panel.Assets) && features.IsDefined(cell / panel.Assets, cell % panel.Assets);
        return new MarketView
        {
            Dates = market.View.Dates[first..],
            Assets = panel.Assets,
            FeatureCount = market.View.FeatureCount,
            Features = features.Values,
            Sizes = market.View.Sizes[(first * panel.Assets)..],
            Decisions = market.View.Decisions[(first * panel.Assets)..],
            Usable = usable,
            Gap = default,
            Hold = default,
            Executable = default,
            OutcomeBars = market.View.OutcomeBars,
        };
    }
}

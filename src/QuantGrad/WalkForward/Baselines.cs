using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.Strategies;

namespace QuantGrad.WalkForward;

/// <summary>
/// Simple rules on the out-of-sample bars of a run: the same symbols on the same dates, the same costs, one ledger as for the strategy. All but plain long only
/// are aimed at the strategy's volatility target, as in Lim, Zohren and Roberts (2019), section 4.
/// </summary>
internal static class Baselines
{
    /// <summary>Signals in [−1, 1] as formulas over a symbol's own bars.</summary>
    private static (string Key, string Signal)[] Rules(double periodsPerYear) =>
    [
        ("long_only_vol_target", "1 + 0 * close"),
        ("year_sign", FormattableString.Invariant($"sign(ret({Math.Max(2, (int)Math.Round(periodsPerYear))}))")),
        // φ(y) = y·exp(−y²/4)/0.89 of three normalised MACDs, averaged (Baz and others 2015; FORMULAS §6).
        ("macd", $"({Response("macdn(8, 24)")} + {Response("macdn(16, 48)")} + {Response("macdn(32, 96)")}) / 3"),
    ];

    /// <summary>The books of every baseline, by its key in <c>baselines.csv</c>; the first is the benchmark.</summary>
    /// <param name="result">The walk whose bars, costs and calendar they share.</param>
    /// <param name="threads">Symbols computed at the same time.</param>
    public static IReadOnlyList<(string Key, Ledger Books)> Of(OutOfSample result, int threads)
    {
        var market = result.Market;
        var rules = Rules(market.PeriodsPerYear);
        var signals = FeatureSet.Parse(rules.ToDictionary(rule => rule.Key, rule => rule.Signal, StringComparer.Ordinal), market.Data.BarInterval).Compute(market.Data.Panel, threads);
        var sizes = market.Strategy.Position is { Sizing: Sizing.VolTarget, Portfolio: Portfolio.Equal } ? market.Sizing.Sizes
            : PositionSizing.Build(market.Data.Panel, market.Features, market.Strategy.Position with { Sizing = Sizing.VolTarget, Portfolio = Portfolio.Equal }, market.Data.BarInterval, market.PeriodsPerYear, market.Strategy.Model.WarmUpBars(), threads).Sizes;
        return [("long_only", result.BenchmarkLedger()), .. rules.Select((rule, number) => (rule.Key, Books(result, signals, number, sizes)))];
    }

    private static Ledger Books(OutOfSample result, FeatureTable signals, int rule, double[] sizes)
    {
        var targets = new double[result.Signals.Length];
        for (var cell = 0; cell < targets.Length; cell++)
        {
            if (result.Decisions[cell] != Decision.Trade) continue;
            var known = result.First * result.Assets + cell;
            var signal = signals.Values[known * signals.Features + rule];
            targets[cell] = double.IsNaN(signal) ? 0 : Math.Clamp(signal, -1, 1) * sizes[known];
        }

        return Ledger.Keep(result.Market.Data.Panel, result.Market.Execution, result.First, targets, result.Decisions, result.Market.Costs);
    }

    private static string Response(string macd) => $"{macd} * exp(0 - {macd} * {macd} / 4) / 0.89";
}

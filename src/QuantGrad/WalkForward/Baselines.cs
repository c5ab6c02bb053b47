using QuantGrad.Accounting;
using QuantGrad.Features;
using QuantGrad.Indicators;
using QuantGrad.Strategies;

namespace QuantGrad.WalkForward;

/// <summary>A simple rule's books.</summary>
/// <param name="Key">Its name in <c>baselines.csv</c> and <c>metrics.json</c>.</param>
/// <param name="Books">The books; null where the rule says nothing on the out-of-sample bars.</param>
/// <param name="Reason">Why it says nothing; null where it has books.</param>
internal sealed record Baseline(string Key, Ledger? Books, string? Reason);

/// <summary>
/// Simple rules on the out-of-sample bars of a run: the same symbols on the same dates, the same costs, one ledger as for the strategy. All but plain long only
/// are aimed at the strategy's volatility target, as in Lim, Zohren and Roberts (2019), section 4.
/// </summary>
internal static class Baselines
{
    /// <summary>Signals in [−1, 1] as formulas over a symbol's own bars.</summary>
    private static (string Key, string Signal)[] Rules(int year) =>
    [
        ("long_only_vol_target", "1 + 0 * close"),
        ("year_sign", FormattableString.Invariant($"sign(ret({year}))")),
        // φ(y) = y·exp(−y²/4)/0.89 of three normalised MACDs, averaged (Baz and others 2015; FORMULAS §6).
        ("macd", $"({Response("macdn(8, 24)")} + {Response("macdn(16, 48)")} + {Response("macdn(32, 96)")}) / 3"),
    ];

    /// <summary>Every baseline; the first is the benchmark and always has books.</summary>
    /// <param name="result">The walk whose bars, costs and calendar they share.</param>
    /// <param name="threads">Symbols computed at the same time.</param>
    public static IReadOnlyList<Baseline> Of(OutOfSample result, int threads)
    {
        var market = result.Market;
        var year = (int)Math.Clamp(Math.Round(market.PeriodsPerYear), 2, int.MaxValue);
        var rules = Rules(year);
        var formulas = FeatureSet.Parse(
            rules.Where(rule => rule.Key != "year_sign" || year <= IndicatorParameter.LongestWindow).ToDictionary(rule => rule.Key, rule => rule.Signal, StringComparer.Ordinal), market.Data.BarInterval);
        var signals = formulas.Compute(market.Data.Panel, threads);
        var sizes = market.Strategy.Position is { Sizing: Sizing.VolTarget, Portfolio: Portfolio.Equal } ? market.Sizing.Sizes
            : PositionSizing.Build(market.Data.Panel, market.Features, market.Strategy.Position with { Sizing = Sizing.VolTarget, Portfolio = Portfolio.Equal }, market.Data.BarInterval, market.PeriodsPerYear, market.Strategy.Model.WarmUpBars(), threads).Sizes;
        return [new("long_only", result.BenchmarkLedger(), null), .. rules.Select(rule => Array.IndexOf(formulas.Names, rule.Key) is >= 0 and var column
            ? Of(result, rule.Key, signals, column, sizes, formulas.WarmUps[column])
            : new(rule.Key, null, FormattableString.Invariant($"a year is {year} bars, longer than a formula can look back ({IndicatorParameter.LongestWindow} bars)")))];
    }

    private static Baseline Of(OutOfSample result, string key, FeatureTable signals, int column, double[] sizes, int warmUp)
    {
        var targets = new double[result.Signals.Length];
        var isKnown = false;
        for (var cell = 0; cell < targets.Length; cell++)
        {
            if (result.Decisions[cell] != Decision.Trade) continue;
            var known = result.First * result.Assets + cell;
            var signal = signals.Values[known * signals.Features + column];
            isKnown |= !double.IsNaN(signal);
            targets[cell] = double.IsNaN(signal) ? 0 : Math.Clamp(signal, -1, 1) * sizes[known];
        }

        return isKnown
            ? new(key, Ledger.Keep(result.Market.Data.Panel, result.Market.Execution, result.First, targets, result.Decisions, result.Market.Costs), null)
            : new(key, null, FormattableString.Invariant($"it looks back {warmUp} bars, and no symbol has so many before an out-of-sample decision"));
    }

    private static string Response(string macd) => $"{macd} * exp(0 - {macd} * {macd} / 4) / 0.89";
}

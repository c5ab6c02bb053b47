using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.Rules;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;
using QuantGrad.Training;

namespace QuantGrad.Benchmarks.Rules;

/// <summary>
/// Three hundred moving-average pairs on one thread, each to its Sharpe ratio, total return, drawdown and trades: pairs a second. Ours is the general program of a
/// rule's formula, several parameter sets to a vector; it begins from the closes and computes every average anew.
/// </summary>
internal static class RulesBenchmark
{
    private const double PeriodsPerYear = 252;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TradingCosts Costs = TradingCosts.FromBasisPoints(10, 0, 0, 0, PeriodsPerYear);

    private static readonly RuleSettings Formula = new(
        [new RuleParameter("fast", 10, 5, 33), new RuleParameter("slow", 60, 40, 135)], "where(sma(close, $fast) > sma(close, $slow), 1, -1)");

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<Comparison> Run(int? rounds)
    {
        Console.Error.WriteLine("vectorbt and backtesting.py are left out: they are measured in Python, and are not installed here.");
        foreach (var bars in new[] { 2148, 5000 })
        {
            var rule = HardRule.Compile(RuleFormula.Parse(Formula, [], hasNetwork: false));
            var panel = Market(bars);
            var market = SweepMarket.Of(rule, panel, new PositionSettings(Sizing.None, 0.15, 60, 1, Portfolio.Equal), Fill.Close, Costs, Day, PeriodsPerYear);
            double[][] pairs = [.. Enumerable.Range(0, 15).SelectMany(fast => Enumerable.Range(0, 20).Select(slow => new double[] { 5 + 2 * fast, 40 + 5 * slow }))];
            BarRange[] window = [new(rule.Formula.Span().WarmUp, market.Execution.Steps)];
            var plain = new PlainPairs(panel.Close[0], rule.Formula.Span().WarmUp, Costs.CostFraction);
            Agree(Sweep(rule, market, pairs, window), pairs, plain);
            yield return PairsPerSecond($"{pairs.Length} pairs, {bars} bars", pairs.Length, "plain loop", rounds ?? 9,
                () => Sweep(rule, market, pairs, window), () => plain.Run(pairs));
        }
    }

    private static SweepFigures[][] Sweep(HardRule rule, SweepMarket market, double[][] pairs, BarRange[] window)
    {
        using var sweep = new LaneSweep(rule, market);
        return sweep.Run(pairs, window, threads: 1);
    }

    private static Comparison PairsPerSecond(string name, int pairs, string rival, int rounds, Action ours, Action theirs)
    {
        var times = Comparison.Alternate(name, ours, rival, theirs, rounds);
        return times with { Ours = pairs / times.Ours * 1e6, Theirs = pairs / times.Theirs * 1e6, Unit = "pairs/s", Ratio = 1 / times.Ratio };
    }

    /// <summary>Both sides must have found the same before their times are compared.</summary>
    private static void Agree(SweepFigures[][] ours, double[][] pairs, PlainPairs plain)
    {
        plain.Run(pairs);
        for (var i = 0; i < pairs.Length; i++)
        {
            var (mine, theirs) = (ours[i][0], plain.Results[i]);
            var difference = Math.Max(Math.Abs(mine.Sharpe(PeriodsPerYear) - theirs.Sharpe(PeriodsPerYear)), Math.Max(
                Math.Abs(mine.TotalReturn - theirs.TotalReturn) / (1 + Math.Abs(theirs.TotalReturn)), Math.Abs(mine.MaxDrawdown - theirs.MaxDrawdown)));
            if (!(difference < 1e-9) || mine.Trades != theirs.Trades) throw new InvalidOperationException($"Pair {i}: {mine} against {theirs}.");
        }
    }

    private static Panel Market(int bars)
    {
        var close = new double[bars];
        var state = 1UL;
        var log = Math.Log(100);
        for (var t = 0; t < bars; t++)
        {
            log += 0.0003 + 0.03 * (Uniform(ref state) + Uniform(ref state) - 1);
            close[t] = Math.Exp(log);
        }

        var first = new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc);
        double[][] columns = [close];
        return new Panel([.. Enumerable.Range(0, bars).Select(t => first.AddDays(t))], ["X"], columns, columns, columns, columns, columns);
    }

    private static double Uniform(ref ulong state)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return (state >> 11) * (1.0 / (1UL << 53));
    }
}
